using System.Text.RegularExpressions;
using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace ProcessSpecs;

/// <summary>`tiny peers` with real HAProxy and nginx in front of real services: short runs, and what can end one.</summary>
public sealed class PeersSpecs(ITestOutputHelper screen) : CommandSpecs(screen)
{
    // Nobody's pause makes it long, and the claims hold for requests that are independent, however few.
    [ProxiesFact]
    public async Task Behind_each_proxy_attempts_fail_independently_as_in_the_lanes_and_the_table_says_what_each_cost()
    {
        var run = Peers("errors", "--seeds", "1", "--set", "rate=50", "--set", "seconds=4", "--benches", "1");

        await HasEndedWell(run);

        Assert.Contains(" 0 fail, ", run.Output, StringComparison.Ordinal);
        foreach (var who in (string[])["lane actor (tuned)", "lane http (tuned)", ".NET standard handler", "HAProxy", "nginx"])
            Assert.Matches($"(?m)^errors +{Regex.Escape(who)} +[0-9.]+ +[0-9,.]+ +[0-9,.]+ +[0-9.]+ +- +[0-9.]+$", run.Output);
    }

    [ProxiesFact]
    public async Task With_five_nodes_each_proxy_hides_the_bad_one()
    {
        var run = Peers("one-bad-node", "--seeds", "1", "--set", "rate=20", "--set", "seconds=2", "--benches", "1");
        await run.ExitCode();
        Assert.Matches("(?m)^one-bad-node +HAProxy +100 ", run.Output);
        Assert.Matches("(?m)^one-bad-node +nginx +100 ", run.Output);
    }

    [ProxiesFact]
    public async Task Ctrl_C_while_a_proxy_runs_leaves_no_process_and_no_folder()
    {
        var (run, all) = await WithProxy();

        run.Send(Signal.Interrupt);

        Assert.Equal(130, await run.ExitCode());
        Assert.DoesNotContain(all, RunningProgram.IsRunning);
        Assert.Empty(Directory.GetDirectories(Folder, "tiny-peers-*"));
    }

    [ProxiesFact]
    public async Task Killed_while_a_proxy_runs_it_leaves_no_process()
    {
        var (run, all) = await WithProxy();

        run.Send(Signal.Kill);

        await Until.Fact("neither a service nor a proxy is left", () => !all.Any(RunningProgram.IsRunning));
    }

    [Theory]
    [InlineData("eror", "eror is no scenario; did you mean errors?")]
    [InlineData("corrupt", "corrupt is not compared with peers; there are errors, hang, metastable, one-bad-node")]
    public async Task What_is_wrong_is_one_line_and_nothing_is_started(string name, string expected)
    {
        var run = Peers(name);
        Assert.Equal(2, await run.ExitCode());
        Assert.Equal(expected, run.Errors.Trim());
    }

    // Both services, a shell and what it has started: the proxy, and who watches for our end.
    async Task<(RunningProgram Run, int[] All)> WithProxy()
    {
        var run = Peers("errors", "--set", "f=0", "--set", "rate=10", "--set", "seconds=3", "--benches", "1");
        await Until.Fact("HAProxy has its turn", () => run.Errors.Contains(" HAProxy, seed 1", StringComparison.Ordinal));
        var all = await Until.Fact("it runs beside both services", () => Task.FromResult(Family(run.Pid)), family => family.Length >= 5);
        return (run, all);
    }

    static int[] Family(int pid) => [.. RunningProgram.Children(pid).SelectMany(child => (int[])[child, .. RunningProgram.Children(child)])];

    // The folders of its proxies are in that of the spec.
    RunningProgram Peers(params string[] arguments) => Start(["peers", .. arguments], new() { ["TMPDIR"] = Folder });
}
