using System.Globalization;
using System.Net;

namespace TinyResilient.Lab.Rehearsals;

/// <summary>Linux's tables of sockets: /proc/net/tcp and its siblings.</summary>
static class SocketTable
{
    static readonly string[] files = ["/proc/net/tcp", "/proc/net/tcp6", "/proc/net/udp", "/proc/net/udp6"];

    /// <summary>Inode and other end of every socket that has one.</summary>
    public static IEnumerable<(string Inode, IPEndPoint Other)> Read() => files.Where(File.Exists).SelectMany(file => Rows(File.ReadAllLines(file)));

    internal static IEnumerable<(string Inode, IPEndPoint Other)> Rows(IEnumerable<string> lines) =>
        from line in lines.Skip(1) // its heading
        let fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        where fields.Length > 9
        let other = EndPoint(fields[2])
        where other.Port != 0 // a socket that listens, or has ended
        select (fields[9], other);

    // 0100007F:1F90 is 127.0.0.1:8080: words of four bytes, each as the processor keeps it, and the port as one writes it.
    static IPEndPoint EndPoint(string text)
    {
        var (address, port) = (text.Split(':')[0], text.Split(':')[1]);
        var bytes = Enumerable.Range(0, address.Length / 8).SelectMany(word => BitConverter.GetBytes(uint.Parse(address.AsSpan(8 * word, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture)));
        return new(new IPAddress([.. bytes]), int.Parse(port, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }
}
