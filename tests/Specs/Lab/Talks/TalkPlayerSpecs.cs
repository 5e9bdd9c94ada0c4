using TinyResilient.LoadTest;
using Xunit;

namespace Specs.Lab.Talks;

public class TalkPlayerSpecs
{
    const string Two = """
        # The talk

        ## Act 1: One

        **Question.** What now?

        ```
        ./tiny set A=1
        ./tiny load
        ```

        **See.** Look.

        ## Act 2: Two

        ```
        ./tiny compare
        ./tiny reset
        ```
        """;

    const string Three = """
        ## Act 1: Kill

        ```
        ./tiny load
        ```

        In a third terminal:

        ```
        ./tiny pause service-b
        ./tiny resume service-b
        ```

        Then:

        ```
        ./tiny reset
        ```
        """;

    [Fact]
    public async Task Return_runs_what_is_typed_and_the_talk_ends_with_its_last_command()
    {
        using var played = new PlayedTalk(Two);

        Assert.Equal(ExitCode.Ok, await played.Play(".......")); // the lab is put back before act 2

        Assert.Equal(["./tiny set A=1", "./tiny load", "./tiny reset", "./tiny compare", "./tiny reset"], played.Ran);
    }

    [Fact]
    public async Task Prose_stands_before_the_command_that_it_is_about_and_each_act_waits_for_its_end_to_be_read()
    {
        using var played = new PlayedTalk(Two);
        await played.Play("..", () =>
        {
            Assert.Contains("See. Look.", played.Screen, StringComparison.Ordinal);
            Assert.DoesNotContain("Act 2: Two", played.Screen, StringComparison.Ordinal);
        }, ".", () => Assert.Contains("Act 2: Two", played.Screen, StringComparison.Ordinal), "q");

        Assert.Matches(@"(?s)Act 1: One.*Question\. What now\?.*\$ ./tiny set A=1\n.*\$ ./tiny load\n.*See\. Look", played.Screen);
    }

    [Fact]
    public async Task What_the_room_is_asked_is_not_answered_before_a_key()
    {
        using var played = new PlayedTalk("""
            **Ask the room.** How many?

            **Theory.** Seven.

            ```
            ./tiny list
            ```
            """);
        await played.Play(() => Assert.DoesNotContain("Seven", played.Screen, StringComparison.Ordinal), "..");

        Assert.Contains("Seven", played.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_scrolls_away_before_it_was_read()
    {
        using var played = new PlayedTalk("One.\n\nTwo.\n\nThree.\n\nFour.\n\n```\n./tiny list\n```", height: 12);
        await played.Play(() =>
        {
            Assert.Contains("Two.", played.Screen, StringComparison.Ordinal);
            Assert.DoesNotContain("Four.", played.Screen, StringComparison.Ordinal);
        }, "..");

        Assert.Equal(["./tiny list"], played.Ran);
    }

    [Fact]
    public async Task A_line_says_where_one_is_and_for_how_long_it_goes()
    {
        using var played = new PlayedTalk(Two);
        await played.Play(".", () => played.Time.Advance(TimeSpan.FromSeconds(754)), "..", "q");

        Assert.Contains("act 1 of 2 · 0:00 · Return run", played.Screen, StringComparison.Ordinal);
        Assert.Contains("act 2 of 2 · 12:34 · ", played.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task R_repeats_the_last_command_and_then_the_next_is_typed_again()
    {
        using var played = new PlayedTalk(Two);
        await played.Play("r", ".rr.", "q"); // at first there is nothing to repeat

        Assert.Equal(["./tiny set A=1", "./tiny set A=1", "./tiny set A=1", "./tiny load"], played.Ran);
    }

    [Fact]
    public async Task S_skips_a_command()
    {
        using var played = new PlayedTalk(Two);
        await played.Play("s.", "q");

        Assert.Equal(["./tiny load"], played.Ran);
    }

    [Fact]
    public async Task J_jumps_to_an_act_and_the_lab_is_put_back_first()
    {
        using var played = new PlayedTalk(Two);
        await played.Play(".", "j2.", ".", ".", "q");

        Assert.Equal(["./tiny set A=1", "./tiny reset", "./tiny compare"], played.Ran);
    }

    [Fact]
    public async Task J_shows_the_acts_says_which_are_not_there_and_Return_alone_stays()
    {
        using var played = new PlayedTalk(Two);
        await played.Play("j9.", ".", ".", "q");

        Assert.Contains("  2  Act 2: Two", played.Screen, StringComparison.Ordinal);
        Assert.Contains("There is no 9, but 1, 2.", played.Screen, StringComparison.Ordinal);
        Assert.Equal(["./tiny set A=1"], played.Ran);
    }

    [Fact]
    public async Task A_command_that_fails_says_so_and_can_be_repeated()
    {
        using var played = new PlayedTalk(Two) { Codes = { ["./tiny load"] = 1 } };
        await played.Play("..", "r", "q");

        Assert.Equal(["./tiny set A=1", "./tiny load", "./tiny load"], played.Ran);
        Assert.Contains("Failed (exit code 1), r repeats it: ./tiny load", played.Screen, StringComparison.Ordinal);
        Assert.Equal(2, played.Player.Failed.Count);
    }

    [Fact]
    public async Task Ctrl_C_ends_the_command_that_runs_and_not_the_talk()
    {
        var load = new PlayedTalk.Running();
        using var played = new PlayedTalk(Two) { Held = { ["./tiny load"] = load } };
        var play = played.Play("..", "q");
        Assert.False(play.IsCompleted);

        played.Player.Interrupt();

        Assert.Equal(ExitCode.Ok, await play);
        Assert.Contains("Interrupted: ./tiny load", played.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_at_the_instant_a_command_ends_was_meant_for_the_command()
    {
        var load = new PlayedTalk.Running();
        using var played = new PlayedTalk(Two) { Held = { ["./tiny load"] = load } };
        _ = load.Exit.ContinueWith(_ => played.Player.Interrupt(), TaskContinuationOptions.ExecuteSynchronously);
        var play = played.Play("..", "q");

        load.End(ExitCode.Ok);

        Assert.Equal(ExitCode.Ok, await play);
    }

    [Fact]
    public async Task Ctrl_C_where_nothing_runs_ends_the_talk_and_says_how_the_lab_was_left()
    {
        using var played = new PlayedTalk(Two);

        Assert.Equal(ExitCode.Interrupted, await played.Play(".", () => played.Player.Interrupt()));

        Assert.Contains("./tiny reset puts everything back", played.Screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_for_a_third_terminal_is_typed_while_the_command_before_it_runs()
    {
        var load = new PlayedTalk.Running();
        using var played = new PlayedTalk(Three) { Held = { ["./tiny load"] = load } };
        var play = played.Play(".", () => load.Line!("1 s: 20 ok"), "..", "..");

        Assert.Equal(["beneath: ./tiny load", "./tiny pause service-b", "./tiny resume service-b"], played.Ran); // and waits for the load
        Assert.Contains("1 s: 20 ok\n$ ./tiny pause service-b", played.Screen, StringComparison.Ordinal);

        load.End(0);
        Assert.Equal(ExitCode.Ok, await play);
        Assert.Equal("./tiny reset", played.Ran[^1]);
    }

    [Fact]
    public async Task What_was_typed_meanwhile_is_repeated_with_its_load()
    {
        using var played = new PlayedTalk(Three);
        await played.Play("..", "r", ".", "q");

        Assert.Equal(["beneath: ./tiny load", "./tiny pause service-b", "beneath: ./tiny load"], played.Ran);
    }

    [Theory]
    [InlineData("q")]
    [InlineData("j1.q")]
    public async Task Nothing_that_was_started_outlives_the_act(string keys)
    {
        var load = new PlayedTalk.Running();
        using var played = new PlayedTalk(Three) { Held = { ["./tiny load"] = load } };
        await played.Play(".", keys);

        Assert.Equal(130, await load.Exit);
    }
}
