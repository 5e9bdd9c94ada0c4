using System.Globalization;
using System.Text.RegularExpressions;
using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace ProcessSpecs;

/// <summary>
/// The command that rehearses the talk. Whether the machine is quiet or plugged in depends on the machine: the spec asks only that it is
/// said.
/// </summary>
public sealed class RehearseSpecs(ITestOutputHelper screen) : IDisposable
{
    // Some hundred seconds where nothing else runs.
    static readonly TimeSpan limit = TimeSpan.FromMinutes(12);

    readonly int portBase = Ports.Free(5);
    readonly string file = Path.Combine(Path.GetTempPath(), $"tiny-rehearsal-{Guid.NewGuid():N}.jsonl.gz");

    public void Dispose() => File.Delete(file);

    [Fact]
    public async Task Types_every_act_says_green_or_red_for_each_and_leaves_nothing_behind()
    {
        using var rehearsal = RunningProgram.Start("Lab", ["rehearse", "--quick", "--record", file, "--port-base", $"{portBase}"], []);
        try
        {
            var code = await rehearsal.ExitCode(limit);

            var lines = rehearsal.Output.Split('\n');
            foreach (var what in (string[])["ports", "SDK", "build", "curl", "browser", "disk", "power", "cores", "governor", "timers", "processors", "start", "connections", "pages"])
                Assert.Contains(lines, line => Regex.IsMatch(line, $"^(✓ green|✗ red|\\? unknown) +{what} +\\S"));
            foreach (var act in (string[])[.. Enumerable.Range(1, 7).Select(act => $"act {act}"), "The end", "ports", "pages", "recording"])
                Assert.Contains(lines, line => line.StartsWith("✓ green ", StringComparison.Ordinal) && line.Contains($" {act} ", StringComparison.Ordinal));
            if (OperatingSystem.IsLinux())
                Assert.Contains(lines, line => line.StartsWith("✓ green ", StringComparison.Ordinal) && line.Contains(" connections ", StringComparison.Ordinal));
            Assert.Equal(lines.Any(line => line.StartsWith('✗')) ? 99 : 0, code);
            Assert.Contains("./tiny kill service-b", rehearsal.Errors, StringComparison.Ordinal);
            Assert.All(Enumerable.Range(portBase, 5), port => Assert.True(Ports.IsFree(port), port.ToString(CultureInfo.InvariantCulture)));

            using var replay = RunningProgram.Start("Lab", ["replay", file, "--port-base", $"{portBase}"], []);
            using var stage = new Client(portBase + 4);
            var frame = (await Until.Fact("the recording is replayed", () => stage.Get("/state"), answer => answer.Status == 200)).Json;
            Assert.Equal("replay", $"{frame["mode"]}");
            Assert.InRange((double)frame["replay"]!["length_s"]!, 20, limit.TotalSeconds);
        }
        finally
        {
            screen.WriteLine($"{rehearsal}");
        }
    }

    [PosixFact]
    public async Task Ctrl_C_ends_all_that_it_has_started_and_shows_what_was_found()
    {
        using var rehearsal = RunningProgram.Start("Lab", ["rehearse", "--record", file, "--port-base", $"{portBase}"], []);
        await Until.Fact("the first load runs", () => rehearsal.Errors.Contains("./tiny load", StringComparison.Ordinal));

        rehearsal.Send(Signal.Interrupt);

        Assert.Equal(130, await rehearsal.ExitCode());
        Assert.Contains("✓ green    ports", rehearsal.Output, StringComparison.Ordinal);
        Assert.All(Enumerable.Range(portBase, 5), port => Assert.True(Ports.IsFree(port)));
    }

    [PosixFact]
    public async Task Leaves_nothing_behind_when_it_is_killed()
    {
        using var rehearsal = RunningProgram.Start("Lab", ["rehearse", "--record", file, "--port-base", $"{portBase}"], []);
        await Until.Fact("the first load runs", () => rehearsal.Errors.Contains("./tiny load", StringComparison.Ordinal));

        rehearsal.Send(Signal.Kill);

        await Until.Fact("every port is free again", () => Enumerable.Range(portBase, 5).All(Ports.IsFree));
    }

    [Fact]
    public async Task A_talk_that_is_none_is_refused_before_anything_begins()
    {
        var file = Path.Combine(Programs.Repository, "ARCHITECTURE.md");
        using var none = RunningProgram.Start("Lab", ["rehearse", file], []);

        Assert.Equal(2, await none.ExitCode());
        Assert.StartsWith($"{file} line ", none.Errors, StringComparison.Ordinal);
        Assert.Empty(none.Output);
    }
}
