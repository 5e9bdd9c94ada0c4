using BrowserSpecs.Harness;
using OpenQA.Selenium;
using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace BrowserSpecs;

/// <summary>Several pages at once, and one after the other: all show the same.</summary>
public sealed class ManyPagesSpecs(StageInBrowser stage, ITestOutputHelper screen) : StageSpec(stage, screen)
{
    [BrowserFact]
    public async Task The_audiences_page_follows_what_the_presenter_turns()
    {
        var (presenter, audience) = (await Presenter(), await Audience());
        presenter.Type("#knob-MAX_RETRIES", $"0{Keys.Enter}");
        await audience.Shows("[data-lane=actor] .policy", "restart, no retries");
        await audience.Shows("[data-lane=http] .policy", "no restart, no retries");
        presenter.Run("document.getElementById('advanced').open = true");
        presenter.Type("#knob-WORKERS", $"5{Keys.Enter}");
        await audience.Holds("five cells in each lane", "document.querySelectorAll('[data-lane=actor] .cell').length === 5 && document.querySelectorAll('[data-lane=http] .cell').length === 5");
        presenter.Leave();
        presenter.Keys("l");
        await audience.Shows("[data-lane=actor] [data-part=answers]", text => text.StartsWith("of ", StringComparison.Ordinal), "answers");
    }

    [BrowserFact]
    public async Task Two_presenters_see_each_others_change_at_once()
    {
        var (one, other) = (await Presenter(), await Presenter());
        other.Type("#knob-FAILURE_RATE", "0.5");
        one.Type("#knob-MAX_RETRIES", $"4{Keys.Enter}");
        one.Type("#knob-FAILURE_RATE", $"0.7{Keys.Enter}");

        await other.Holds("the field follows", "document.querySelector('#knob-MAX_RETRIES').value === '4'");
        await other.Shows("[data-knob=FAILURE_RATE] .other", "now 0.7, by somebody else");
        Assert.Equal("0.5", other.Value("#knob-FAILURE_RATE"));

        other.Keys(Keys.Enter);

        await one.Holds("the later change holds", "document.querySelector('#knob-FAILURE_RATE').value === '0.5'");
        await other.Shows("[data-knob=FAILURE_RATE] .other", "");
        await one.Shows("#ticker", text => text.Contains("FAILURE_RATE 0.7 -> 0.5", StringComparison.Ordinal), "who was later");
    }

    // As on a busy machine: frames come before the last minutes do. What is shown until then must not be half of them.
    const string LateHistory = """
        const inTime = window.fetch;
        window.fetch = async address => {
          const answer = await inTime(address);
          if (address === "/history")
            await new Promise(come => setTimeout(come, 2000));
          return answer;
        };
        """;

    [BrowserFact]
    public async Task A_reload_and_a_second_screen_show_the_same_last_minutes()
    {
        var page = await Presenter();
        page.Keys("l");
        page.Keys("m");
        page.Keys($"before the reload{Keys.Enter}");
        await page.Shows("[data-lane=actor] [data-part=success]", text => text != "", "a success");
        await Stage.Lab.Frame("three seconds with traffic", frame => frame["seconds"]!.AsArray() is { Count: 3 } seconds
            && seconds.All(second => (long)second!["actor"]!["succeeded"]! > 0));
        var before = await Until.Fact("a success among the newest numbers", () => Newest(page), numbers => numbers.Any(number =>
            number.StartsWith("second,actor,succeeded,", StringComparison.Ordinal) && !number.EndsWith(",0", StringComparison.Ordinal)));

        page.Reload();
        await Shows(page, before);
        before = await Newest(page); // a busy machine takes longer for all of this than the minute that is saved
        var second = await Presenter();
        Stage.Browser.Command("Page.addScriptToEvaluateOnNewDocument", new() { ["source"] = LateHistory });
        second.Reload();
        await Shows(second, before);
    }

    // Nine numbers of both lanes, twice.
    async Task<IReadOnlyList<string>> Newest(Page page) => [.. (await Export.Csv(Stage.Browser, page)).Seconds.TakeLast(36)];

    async Task Shows(Page page, IReadOnlyList<string> before)
    {
        var export = await Export.Csv(Stage.Browser, page);
        Assert.ProperSuperset(before.ToHashSet(), export.Seconds.ToHashSet());
        Assert.Contains(export.Rows, row => row is ["mark", _, "before the reload", ..]);
    }
}
