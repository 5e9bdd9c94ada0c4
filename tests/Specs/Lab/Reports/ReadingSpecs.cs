using TinyResilient.Lab.Reports;
using TinyResilient.Lab.Reports.Slides;
using TinyResilient.Lab.Results;
using Xunit;

namespace Specs.Lab.Reports;

/// <summary>Where a thin line comes from stands under every chart, in each form of the report.</summary>
public class ReadingSpecs
{
    static readonly Law chain = new(LawKind.Formula, "exact chain"), model = new(LawKind.Model, "mean of 200 simulated runs");

    [Fact]
    public void One_law_for_all_is_said_once() =>
        Assert.Equal("formula: exact chain", Reading.Of(Rows(("a, actor", chain), ("a, http", chain), ("b, actor", chain))));

    [Fact]
    public void Each_law_names_its_arms_and_an_arm_without_one_was_only_measured() => Assert.Equal(
        "measured only (c); model: mean of 200 simulated runs (d; e); formula: exact chain (all others)",
        Reading.Of(Rows(("a, actor", chain), ("b, actor", chain), ("f, actor", chain), ("c, actor", null), ("d, actor", model), ("e, actor", model))));

    [Fact]
    public void Where_nothing_is_predicted_nothing_is_said() => Assert.Equal("", Reading.Of(Rows(("a", null), ("b", null))));

    [Fact]
    public void The_lines_of_one_law_need_not_be_drawn_twice() => Assert.Equal("formula: exact chain",
        Reading.Of(Rows(("a", chain), ("b", null)) with { Kind = ChartKind.Points }));

    [Theory]
    [InlineData("formula: exact chain")]
    [InlineData("model: mean of 200 simulated runs")]
    public void It_stands_on_the_slide_and_under_the_picture_in_Markdown(string words)
    {
        var chart = Rows(("a, actor", chain), ("b, actor", model));
        Assert.Contains(words, SvgSlide.Of(chart), StringComparison.Ordinal);
        var result = Runs.Result with { Scenarios = [Runs.Result.Scenarios[0] with { Charts = [chart] }] };
        Assert.Contains(words, MarkdownReport.Of(result), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_to_zoom_into_says_it_too()
    {
        var chart = Rows(("a", chain), ("b", model)) with { Kind = ChartKind.Curves };
        Assert.Contains("a, formula", CurveData.Json(chart), StringComparison.Ordinal);
        Assert.Contains("b, model", CurveData.Json(chart), StringComparison.Ordinal);
    }

    static Chart Rows(params (string Label, Law? Law)[] series) => new("rows", ChartKind.Rows, "title", "caption", "success, %", "",
        [.. series.Select((one, tone) => new Series(one.Label, tone, [new(0, 50)], one.Law is null ? [] : [new(0, 51)], one.Law))]);
}
