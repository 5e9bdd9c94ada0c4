using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TinyResilient.Shared.Hosting;
using Xunit;

namespace Specs.Hosting;

public class StartSpecs
{
    [Fact]
    public async Task A_peer_that_resets_its_connections_is_not_ready()
    {
        await using var peer = new ResettingPeer();
        Assert.Equal(1, await HealthCheck.Run(Samples.Settings(("HTTP_PORT", $"{peer.Url.Port}"))));
    }

    [Theory]
    [InlineData("HTTP_PORT")]
    [InlineData("REMOTE_PORT")]
    public void A_taken_port_is_one_line_that_names_the_setting(string setting)
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        var reason = Ports.Unusable(Samples.Settings(("HTTP_PORT", $"{FreePort()}"), ("REMOTE_PORT", $"{FreePort()}"),
            (setting, $"{port}")));
        Assert.Equal($"{setting} {port} is taken on 127.0.0.1: choose another with {setting}", reason);
    }

    [Theory]
    [InlineData("0.0.0.0", "http://127.0.0.1:8001/readyz")]
    [InlineData("::", "http://[::1]:8001/readyz")]
    [InlineData("127.0.0.1", "http://127.0.0.1:8001/readyz")]
    [InlineData("10.1.2.3", "http://10.1.2.3:8001/readyz")]
    public void The_health_check_asks_where_the_service_listens(string bind, string address) =>
        Assert.Equal(new Uri(address), HealthCheck.Address(Samples.Settings(("HTTP_BIND", bind))));

    [Theory]
    [InlineData("text", "2000-01-01T00:00:00.000Z warn  first | second | System.InvalidOperationException: why | more\n")]
    [InlineData("json", """{"time":"2000-01-01T00:00:00.000Z","level":"warn","category":"a","message":"first\nsecond","exception":"System.InvalidOperationException: why\nmore"}""" + "\n")]
    public void An_event_is_one_line_whatever_stands_in_it(string format, string line)
    {
        var formatter = new LineFormatter(Samples.Settings(("LOG_FORMAT", format)), new FakeTimeProvider());
        using var written = new StringWriter { NewLine = "\n" };
        var entry = new LogEntry<string>(LogLevel.Warning, "a", 0, "first\nsecond",
            new InvalidOperationException("why\nmore"), (state, _) => state);
        formatter.Write(entry, null, written);
        Assert.Equal(line, written.ToString());
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
