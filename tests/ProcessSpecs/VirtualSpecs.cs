using System.Text.Json.Nodes;
using ProcessSpecs.Harness;
using TinyResilient.Lab.Results;
using TinyResilient.Lab.Scenarios;
using TinyResilient.Lab.Stage;
using Xunit;
using Xunit.Abstractions;

namespace ProcessSpecs;

/// <summary>`tiny run`: the services' own code on a clock that jumps.</summary>
[Collection(Collections.Beside)]
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

    [Fact]
    public async Task A_recorded_scenario_is_the_same_bytes_each_time_and_a_replay_tells_its_clock()
    {
        var (one, other) = (await Record("one"), await Record("other"));
        Assert.Equal(await File.ReadAllBytesAsync(one), await File.ReadAllBytesAsync(other));
        await using var file = File.OpenRead(one);
        using var reader = RecordingReader.Open(file, one);
        Assert.Equal(Clock.Virtual, reader.Header.Clock);
        var frames = new List<Frame>();
        while (reader.Next() is { } line)
            if (line.Frame is { } frame)
                frames.Add(frame);
        Assert.InRange(frames.Count, 4 * 20, 4 * 40);
        Assert.All(Lane.Both, lane => Assert.True(frames[^1].Lanes[lane].Answers > 500)); // of the last ten seconds
        Assert.Contains(frames, frame => frame.Prediction is not null);
        Assert.Equal(2, frames[^1].Arms); // one for each lane
    }

    [Fact]
    public async Task What_cannot_be_recorded_is_told_before_anything_runs()
    {
        var there = typeof(VirtualSpecs).Assembly.Location;
        await Refused($"{there} is there already, and a recording replaces nothing: name another file", "record", "burst", there);
        await Refused("bursst is no scenario; did you mean burst? tiny list shows all", "record", "bursst", "x");
        await Refused("none is no arm of burst; there are no retries; 2 retries at once; 2 retries, after a pause", "record", "burst", "x", "--arm", "none");
        await Refused("one-bad-node cannot be an act: it needs 5 ServiceB processes, and these services were not started for it; tiny run one-bad-node can",
            "record", "one-bad-node", "x");
    }

    async Task<string> Record(string name)
    {
        var file = Path.Combine(Folder, name);
        var record = Start(["record", "burst", file, "--arm", "no retries"]);
        Assert.Equal(0, await record.ExitCode());
        return file;
    }

    async Task Refused(string line, params string[] words)
    {
        var refused = Start(words);
        Assert.Equal((2, line), (await refused.ExitCode(), refused.Errors));
    }

    [PosixFact]
    public async Task Killed_it_leaves_no_process()
    {
        var run = Start(["run", "corrupt", "--no-png"]);
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
