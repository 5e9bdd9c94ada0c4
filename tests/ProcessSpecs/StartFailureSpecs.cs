using System.Net;
using System.Net.Sockets;
using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace ProcessSpecs;

/// <summary>A start that cannot work, or that is perhaps not as it was meant, says why in one line.</summary>
public sealed class StartFailureSpecs(ITestOutputHelper screen) : IDisposable
{
    readonly Pair pair = new(screen);

    public void Dispose() => pair.Dispose();

    [Theory]
    [InlineData("ServiceB", "FAILURE_RATE", "1.5", "0..1")]
    [InlineData("ServiceB", "WORKERS", "many", "1..10000")]
    [InlineData("ServiceA", "COOL_DOWN_SECONDS", "0.1", "0.5..600")]
    [InlineData("ServiceA", "JITTER", "some", "full, equal, decorrelated, none")]
    public async Task A_bad_knob_is_named_with_its_value_and_range(string project, string knob, string value, string range)
    {
        pair.Tell(knob, value);
        var service = project == "ServiceA" ? pair.StartA() : pair.StartB();

        Assert.Equal(2, await service.ExitCode());
        IsOneLine(service, knob, value, range);
    }

    [Theory]
    [InlineData("HTTP_PORT")]
    [InlineData("REMOTE_PORT")]
    public async Task A_taken_port_is_named(string setting)
    {
        using var somebody = new TcpListener(IPAddress.Loopback, setting == "HTTP_PORT" ? pair.HttpA : pair.RemoteA);
        somebody.Start();
        var service = pair.StartA();

        Assert.Equal(1, await service.ExitCode());
        IsOneLine(service, setting, $"{((IPEndPoint)somebody.LocalEndpoint).Port}", "taken");
    }

    [Fact]
    public async Task A_variable_that_is_nearly_a_knob_is_named_with_what_was_perhaps_meant()
    {
        pair.Tell("FAILURE_RAT", "0.9");
        var service = pair.StartB();
        await Until.Fact("it is said", () => service.Output.Contains(
            "FAILURE_RAT is in the environment, and nothing that service-b reads; was FAILURE_RATE meant?", StringComparison.Ordinal));
        Assert.Equal(0.3, (double)await pair.ClientB.Knob("FAILURE_RATE"));
    }

    static void IsOneLine(RunningProgram service, params string[] words)
    {
        var line = Assert.Single(service.Errors.Split('\n'));
        Assert.All(words, word => Assert.Contains(word, line, StringComparison.Ordinal));
        Assert.Equal("", service.Output);
    }
}
