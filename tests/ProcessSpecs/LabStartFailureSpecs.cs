using System.Net;
using System.Net.Sockets;
using ProcessSpecs.Harness;
using Xunit;

namespace ProcessSpecs;

/// <summary>Both services run, or none.</summary>
public sealed class LabStartFailureSpecs
{
    [Theory]
    [InlineData(0, "HTTP of service-a")]
    [InlineData(3, "remoting of service-b")]
    public async Task A_taken_port_is_one_line_and_leaves_nothing_running(int offset, string purpose)
    {
        var portBase = Ports.Free(5);
        using var somebody = new TcpListener(IPAddress.Loopback, portBase + offset);
        somebody.Start();
        using var lab = RunningProgram.Start("Lab", ["--port-base", $"{portBase}"], []);

        Assert.Equal(1, await lab.ExitCode());
        var line = Assert.Single(lab.Errors.Split('\n'));
        Assert.Contains($"Port {portBase + offset} ({purpose}) is taken", line, StringComparison.Ordinal);
        Assert.Contains("--port-base", line, StringComparison.Ordinal);
        using var b = new Client(portBase + 1);
        Assert.Equal(0, (await b.Get("/livez")).Status);
    }

    [Fact]
    public async Task A_service_that_cannot_start_takes_the_other_with_it()
    {
        var portBase = Ports.Free(5);
        using var lab = RunningProgram.Start("Lab", ["--port-base", $"{portBase}"],
            new Dictionary<string, string> { ["FAILURE_RATE"] = "7" });

        Assert.Equal(2, await lab.ExitCode());
        Assert.Contains("service-b | FAILURE_RATE: \"7\" is not", lab.Output, StringComparison.Ordinal);
        Assert.Contains("service-b ended while it started (exit code 2); its last line: FAILURE_RATE: \"7\" is not",
            Assert.Single(lab.Errors.Split('\n')), StringComparison.Ordinal);
        using var a = new Client(portBase);
        Assert.Equal(0, (await a.Get("/livez")).Status);
    }
}
