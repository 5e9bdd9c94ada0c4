using System.Net;
using Akka.Hosting;
using Akka.Remote.Hosting;
using DotNetty.Common;

namespace TinyResilient.Shared.Hosting.Remoting;

/// <summary>
/// Akka.Remote as both services use it. It promises that a peer can send the records of Protocol.cs and
/// nothing else, select the trusted paths and nothing else, and that a peer that dies, restarts or pauses
/// is found again by itself. It never resolves a type name from the wire. What breaks these rules is
/// dropped, and logged in one line.
/// </summary>
public static class SafeRemoting
{
    /// <summary>Largest message in bytes; the smallest that Akka permits, and ours stay under 1,000.</summary>
    public const int MaxFrameBytes = 32_000;

    /// <summary>Call before the host is built: Akka.Hosting would report the exception with its trace.</summary>
    /// <exception cref="RemotingSettingException">A setting cannot work.</exception>
    public static void Check(this RemotingOptions options)
    {
        if (IPAddress.TryParse(options.PublicHost, out var host) && IsAny(host))
            throw new RemotingSettingException(
                "REMOTE_PUBLIC_HOST", $"{host} is no name that a peer can dial; set the one it will use");
        if (options.Tls is not null)
            Certificates.Mutual(options.Tls);
    }

    /// <exception cref="RemotingSettingException">A setting cannot work.</exception>
    public static AkkaConfigurationBuilder WithSafeRemoting(
        this AkkaConfigurationBuilder builder, RemotingOptions options)
    {
        options.Check();
        // It takes a stack trace of one buffer in a hundred and something; the buffers are the transport's own, not ours
        ResourceLeakDetector.Level = ResourceLeakDetector.DetectionLevel.Disabled;
        return builder
            .WithRemoting(Transport(options))
            .AddHocon(SafeRules.For(options), HoconAddMode.Prepend)
            .WithClosedSerialization()
            .ConfigureLoggers(loggers => loggers.ClearLoggers().AddLogger<OneLineLogger>());
    }

    static RemoteOptions Transport(RemotingOptions options) => new()
    {
        HostName = options.Bind,
        Port = options.Port,
        // Without it a process bound to 0.0.0.0 advertises that, and drops what is sent to any other name
        PublicHostName = options.PublicHost,
        MaxFrameSize = MaxFrameBytes,
        // A paused peer holds its connection open: 1 + 3 s of silence count as gone
        TransportFailureDetector = new DeadlineFailureDetectorOptions
        {
            HeartbeatInterval = TimeSpan.FromSeconds(1),
            AcceptableHeartbeatPause = TimeSpan.FromSeconds(3),
        },
        EnableSsl = options.Tls is not null,
        Ssl = options.Tls is null ? new SslOptions() : Certificates.Mutual(options.Tls),
    };

    static bool IsAny(IPAddress host) => host.Equals(IPAddress.Any) || host.Equals(IPAddress.IPv6Any);
}
