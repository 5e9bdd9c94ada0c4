using BrowserSpecs.Harness;
using OpenQA.Selenium;
using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace BrowserSpecs;

/// <summary>What cannot be is refused where it was typed.</summary>
public sealed class RefusalSpecs(StageInBrowser stage, ITestOutputHelper screen) : StageSpec(stage, screen)
{
    protected override bool IsMeant(string complaint) => complaint.Contains("400 (Bad Request)", StringComparison.Ordinal);

    [BrowserFact]
    public async Task A_value_out_of_range_is_refused_by_the_field_itself()
    {
        var page = await Presenter();
        page.Type("#knob-MAX_RETRIES", "99");
        await page.Shows("[data-knob=MAX_RETRIES] .reason", "99 is not in 0..10");
        await page.Holds("the field is marked", "document.querySelector('#knob-MAX_RETRIES').matches(':invalid')");
        Stage.Browser.Asked();

        page.Keys(Keys.Enter);

        Assert.DoesNotContain(Stage.Browser.Asked(), asked => asked.AbsolutePath == "/knobs");
        page.Type("#load-rate", $"6000{Keys.Enter}");
        await page.Shows("#load-rate-place .reason", "6000 is not in 0.1..5000");
        page.Type("#knob-MAX_RETRIES", Keys.Escape);
        await page.Shows("[data-knob=MAX_RETRIES] .reason", "");
        Assert.Equal("2", page.Value("#knob-MAX_RETRIES"));
    }

    [BrowserFact]
    public async Task What_only_the_server_can_judge_is_refused_by_it_and_the_reason_is_beside_the_field()
    {
        var page = await Presenter();
        page.Type("#knob-MAX_RETRIES", $"1.5{Keys.Enter}");
        await page.Shows("[data-knob=MAX_RETRIES] .reason", text => text.Contains("1.5", StringComparison.Ordinal) && text.Contains("0..10", StringComparison.Ordinal), "the server's reason");
        Assert.StartsWith("✖", page.Text("#answer"), StringComparison.Ordinal);
        Assert.Equal(2, (int)await Stage.A.Knob("MAX_RETRIES"));

        page.Type("#fault-crash-probability", "2");
        page.Click("#fault-crash");
        await page.Shows("[data-fault-row=crash] .reason", text => text.Contains("probability: must be a number in 0..1, but is 2", StringComparison.Ordinal), "the server's reason");
        await page.Shows("#faults-none", "No fault is set.");
    }
}
