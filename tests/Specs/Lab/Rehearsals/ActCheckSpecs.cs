using Microsoft.Extensions.Time.Testing;
using TinyResilient.Lab.Rehearsals;
using TinyResilient.Lab.Talks;
using Xunit;
using Played = Specs.Lab.Talks.PlayedTalk;

namespace Specs.Lab.Rehearsals;

public class ActCheckSpecs
{
    static readonly Talk talk = TalkReader.Read("t.md", """
        ## Before you begin

        ```
        ./tiny
        ```

        ## Act 1: Kill

        ```
        ./tiny load --seconds 15
        ```

        In a third terminal:

        ```
        ./tiny pause service-b
        ```

        ## The end: no more

        ```
        ./tiny reset
        ```
        """.Split('\n'), _ => null, out _)!;

    [Fact]
    public void An_act_is_green_when_each_of_its_commands_ended_well() =>
        Assert.Equal(["act 1: Green, 2 commands, each with exit code 0, 17 s", "The end: Green, 1 commands, each with exit code 0, 1 s"],
            Found([Typed(1, "./tiny pause service-b", 0, 1.2), Typed(1, "./tiny load", 0, 15.6), Typed(2, "./tiny reset", 0, 0.9)]));

    [Fact]
    public void An_act_with_a_command_that_failed_or_did_not_end_is_red_and_says_which() =>
        Assert.Equal(["act 1: Red, ./tiny load ended with exit code 1, \"no answer\"", "The end: Red, ./tiny reset did not end, \"no answer\""],
            Found([Typed(1, "./tiny load", 1, 1), Typed(2, "./tiny reset", null, 180)]));

    [Fact]
    public void An_act_that_was_not_typed_is_red() => Assert.Equal(["act 1: Red, was not typed", "The end: Red, was not typed"], Found([]));

    [Fact]
    public void Windows_cannot_pause_as_the_talk_says() =>
        Assert.StartsWith("act 1: Green", Found([Typed(1, "./tiny pause service-b", 1, 1)], windows: true)[0], StringComparison.Ordinal);

    [Fact]
    public async Task What_came_of_each_command_is_kept_with_its_last_line()
    {
        var steps = Step.Of(talk, (command, _) => command);
        var (load, time, said) = (new Played.Running(), new FakeTimeProvider(), new List<string>());
        var record = new TypingRecord(new Runner(load), steps, said.Add, time);

        var running = record.Start(talk.Commands.ElementAt(1), null);
        load.Line!("one");
        load.Line!(" two ");
        load.Line!("");
        time.Advance(TimeSpan.FromSeconds(15));
        load.End(3);

        Assert.Equal(3, await running.Exit);
        Assert.Equal(["Act 1: Kill: ./tiny load --seconds 15"], said);
        Assert.Equal([new TypedOnce(talk.Sections[1], talk.Commands.ElementAt(1), 3, 15, "two")], record.Typed);
    }

    [Fact]
    public async Task A_command_that_does_not_end_is_given_up()
    {
        var (load, time) = (new Played.Running(), new FakeTimeProvider());
        var record = new TypingRecord(new Runner(load), Step.Of(talk, (command, _) => command), _ => { }, time);

        var running = record.Start(talk.Commands.ElementAt(1), null);
        time.Advance(TypingRecord.Limit);
        await running.Exit;

        Assert.Null(Assert.Single(record.Typed).Code);
        Assert.True(load.Exit.IsCompleted);
    }

    [Theory]
    [InlineData(14.9, null, nameof(Light.Green))]
    [InlineData(15.1, null, nameof(Light.Red))]
    [InlineData(1.0, "port 8000 is taken", nameof(Light.Red))]
    public void The_lab_must_start_soon(double seconds, string? complaint, string light) =>
        Assert.Equal(light, $"{StartCheck.Of(TimeSpan.FromSeconds(seconds), complaint).Light}");

    [Fact]
    public void The_table_has_a_line_for_each_with_what_to_do_and_a_sum()
    {
        var text = FindingTable.Of([Finding.Green("ports", "free"), Finding.Red("power", "on battery", "plug it in"), Finding.Unknown("governor", "not said")], colours: false);

        Assert.Equal("""
            ✓ green    ports     free
            ✗ red      power     on battery: plug it in
            ? unknown  governor  not said

            1 red of 3; 1 unknown: look at them yourself.

            """, text, ignoreLineEndingDifferences: true);
        Assert.Contains("\e[31m✗ red    \e[0m  power", FindingTable.Of([Finding.Red("power", "on battery", "plug it in")], colours: true), StringComparison.Ordinal);
        Assert.EndsWith("All green.", FindingTable.Of([Finding.Green("ports", "free")], colours: false).Trim(), StringComparison.Ordinal);
    }

    static List<string> Found(IReadOnlyList<TypedOnce> typed, bool windows = false) =>
        [.. ActCheck.Of(talk, typed, windows).Select(finding => $"{finding.What}: {finding.Light}, {finding.Reason}")];

    static TypedOnce Typed(int section, string line, int? code, double seconds) =>
        new(talk.Sections[section], TypedCommand.Read(line, out _)!, code, seconds, "no answer");

    sealed class Runner(Played.Running running) : ICommandRunner
    {
        public IRunningCommand Start(TypedCommand command, Action<string>? line)
        {
            running.Line = line;
            return running;
        }
    }
}
