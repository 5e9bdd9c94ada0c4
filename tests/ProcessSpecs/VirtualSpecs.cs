using System.Text.Json.Nodes;
using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace ProcessSpecs;

/// <summary>`tiny run`: the services' own code on a clock that jumps.</summary>
public sealed class VirtualSpecs(ITestOutputHelper screen) : CommandSpecs(screen)
{
    static readonly string[] burst = ["run", "burst", "--set", "seconds=3", "--seeds", "2", "--no-png"];

    [Fact]
    public async Task Two_runs_measure_the_same_and_under_one_policy_both_lanes_do_the_same_at_the_same_instants()
    {
        var (first, second) = (await Run("first"), await Run("second"));
        Assert.Equal(first.ToJsonString(), second.ToJsonString());
        var burst = first[0]!;
        var equal = burst["claims"]!.AsArray().Where(claim => $"{claim!["text"]}".Contains("both lanes do the same", StringComparison.Ordinal)).ToList();
        Assert.Equal(burst["arms"]!.AsArray().Count, equal.Count);
        Assert.All(equal, claim => Assert.Equal("holds", $"{claim!["judgement"]}"));
        var digests = burst["arms"]![0]!["runs"]!.AsArray().Select(run => $"{run!["digest"]}").ToList();
        Assert.Equal(2, digests.Distinct().Count()); // one for each seed
        Assert.DoesNotContain("", digests);
    }

    [PosixFact]
    public async Task Killed_it_leaves_no_process()
    {
        var run = Start(["run", "corrupt", "--set", "seconds=60", "--set", "rate=300", "--no-png"]);
        await Until.Fact("it measures", () => run.Errors.Contains("corrupt: 2 of ", StringComparison.Ordinal));
        var children = RunningProgram.Children(run.Pid);
        Assert.NotEmpty(children);
        run.Send(Signal.Kill);
        await Until.Fact("no child is left", () => !children.Any(RunningProgram.IsRunning));
    }

    // What was measured and concluded.
    async Task<JsonNode> Run(string name)
    {
        var report = Path.Combine(Folder, name);
        var run = Start([.. burst, "--out", report], new() { ["TINY_URL_A"] = "http://127.0.0.1:1" }); // nobody is asked there
        Assert.Contains(await run.ExitCode(), (int[])[0, 99]);
        var result = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(report, "result.json")))!;
        Assert.Equal("virtual", $"{result["clock"]}");
        Assert.StartsWith("In virtual time: ", run.Output, StringComparison.Ordinal);
        return result["scenarios"]!;
    }
}
