using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Akka.Actor;
using TinyResilient.Shared.Hosting.Remoting;

namespace RemoteSpecs;

/// <summary>
/// A peer that speaks in <see cref="RawFrames"/>. It calls, or is called; its certificate is the other side's.
/// </summary>
sealed class RawPeer : IDisposable
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    readonly TcpClient _connection;
    readonly Stream _stream;

    RawPeer(TcpClient connection, Stream stream) => (_connection, _stream) = (connection, stream);

    public static async Task<RawPeer> Connect(Address to, RemoteTls? tls = null)
    {
        var connection = new TcpClient();
        await connection.ConnectAsync(to.Host!, to.Port!.Value);
        if (tls is null)
            return new RawPeer(connection, connection.GetStream());
        var own = X509CertificateLoader.LoadPkcs12FromFile(tls.CertificateFile, tls.Password?.Reveal());
        var secure = new SslStream(connection.GetStream());
        await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = to.Host,
            ClientCertificates = [own],
            RemoteCertificateValidationCallback = (_, theirs, _, _) => own.Equals(theirs),
        });
        return new RawPeer(connection, secure);
    }

    /// <summary>Connects and completes the handshake as a node of that name.</summary>
    public static async Task<RawPeer> Introduce(Address to, int asPort = 1, RemoteTls? tls = null)
    {
        var peer = await Connect(to, tls);
        await peer.Send(RawFrames.Associate(to.WithPort(asPort)));
        await peer.ReadFrame();
        return peer;
    }

    /// <summary>Is called, and answers the handshake.</summary>
    public static async Task<RawPeer> Accept(TcpListener listener, Address self)
    {
        var connection = await listener.AcceptTcpClientAsync().WaitAsync(Limit);
        var peer = new RawPeer(connection, connection.GetStream());
        await peer.ReadFrame();
        await peer.Send(RawFrames.Associate(self.WithPort(((IPEndPoint)listener.LocalEndpoint).Port)));
        return peer;
    }

    public async Task Send(params byte[][] frames)
    {
        var bytes = new List<byte>();
        foreach (var frame in frames)
        {
            var length = new byte[4];
            BinaryPrimitives.WriteInt32LittleEndian(length, frame.Length);
            bytes.AddRange([.. length, .. frame]);
        }
        await _stream.WriteAsync(bytes.ToArray());
    }

    public async Task SendHalf()
    {
        try
        {
            await _stream.WriteAsync(new byte[] { 100, 0, 0, 0, 0x12 });
        }
        catch (IOException)
        {
            // Ended already
        }
    }

    public async Task<byte[]> ReadFrame()
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        var length = new byte[4];
        await _stream.ReadExactlyAsync(length, limit.Token);
        var frame = new byte[BinaryPrimitives.ReadInt32LittleEndian(length)];
        await _stream.ReadExactlyAsync(frame, limit.Token);
        return frame;
    }

    /// <summary>The other side ends the connection, by whatever means.</summary>
    public async Task IsEnded()
    {
        using var limit = new CancellationTokenSource(Limit, TimeProvider.System);
        try
        {
            while (await _stream.ReadAsync(new byte[256], limit.Token) > 0)
                continue;
        }
        catch (IOException)
        {
            // Reset instead of closed
        }
    }

    /// <summary>Sends the frame ten times a second until the other side ends the connection.</summary>
    public async Task SendUntilEnded(byte[] frame)
    {
        var ended = IsEnded();
        while (!ended.IsCompleted)
        {
            try
            {
                await Send(frame);
            }
            catch (IOException)
            {
                // Ended already
            }
            await Task.WhenAny(ended, Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System));
        }
        await ended;
    }

    public void Dispose()
    {
        _stream.Dispose();
        _connection.Dispose();
    }
}
