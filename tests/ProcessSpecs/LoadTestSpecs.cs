using System.Text.RegularExpressions;
using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace ProcessSpecs;

/// <summary>The load test against the real ServiceA.</summary>
public sealed partial class LoadTestSpecs(RunningPair running, ITestOutputHelper screen)
    : RunningPairSpecs(running, screen)
{
    readonly ITestOutputHelper screen = screen;

    [Fact]
    public async Task Prints_the_users_summary_first_and_exits_with_0()
    {
        var (code, output, errors) = await Run("--rps", "20", "--seconds", "2");

        Assert.Equal((0, true), (code, Summary().IsMatch(output)));
        Assert.StartsWith("=== load test summary ===\nTotal requests: 40\nSuccess: 40 (100.0%)\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        Assert.Equal(40, (await Books.Requests(A)).Of("succeeded"));
    }

    [Fact]
    public async Task A_threshold_that_is_not_met_exits_with_99()
    {
        await A.Patch("""{"FAILURE_RATE":1}""");
        var (code, output, _) = await Run("--rps", "20", "--seconds", "1", "--threshold", "success>=95");

        Assert.Equal((99, true), (code, Summary().IsMatch(output)));
        Assert.Contains("Success: 0 (0.0%)", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_option_exits_with_2_and_sends_nothing()
    {
        var (code, output, errors) = await Run("--rps", "lots");

        Assert.Equal((2, ""), (code, output));
        Assert.Contains("--rps", Assert.Single(errors.Split('\n')), StringComparison.Ordinal);
        Assert.Equal(0, (await A.Ledger("requests")).Of("sent"));
    }

    [Fact]
    public async Task A_server_that_is_down_is_counted_by_cause_and_exits_with_1()
    {
        using var load = Start(Ports.Free(), "--rps", "20", "--seconds", "1");

        Assert.Equal(1, await load.ExitCode());
        Assert.Matches(Summary(), load.Output);
        Assert.Contains("Total requests: 20\nSuccess: 0 (0.0%)\n", load.Output, StringComparison.Ordinal);
        Assert.Contains("connection refused", load.Output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", load.Output + load.Errors, StringComparison.Ordinal);
    }

    [PosixFact]
    public async Task Ctrl_C_still_prints_the_summary_and_exits_with_130()
    {
        using var load = Start(Pair.HttpA, "--rps", "20", "--seconds", "300");
        await Until.Fact("it has begun", () => A.Ledger("requests"), requests => requests.Of("sent") > 10);

        load.Send(Signal.Interrupt);

        Assert.Equal(130, await load.ExitCode());
        Assert.Matches(Summary(), load.Output);
    }

    async Task<(int Code, string Output, string Errors)> Run(params string[] arguments)
    {
        using var load = Start(Pair.HttpA, arguments);
        var code = await load.ExitCode();
        screen.WriteLine($"{load}");
        return (code, load.Output, load.Errors);
    }

    static RunningProgram Start(int port, params string[] arguments) => RunningProgram.Start(
        "LoadTest", ["--url", $"http://127.0.0.1:{port}/process", .. arguments], []);

    [GeneratedRegex("""
        ^=== load test summary ===
        Total requests: \d+
        Success: \d+ \(\d+\.\d%\)

        Latency \(all\):
          avg: \d+\.\d\dms
          p95: \d+\.\d\dms

        Latency \(successful only\):
          avg: (\d+\.\d\dms|n/a)
          p95: (\d+\.\d\dms|n/a)

        Breaker states seen:
          closed: \d+
          half_open: \d+
          open: \d+
        """)]
    private static partial Regex Summary();
}
