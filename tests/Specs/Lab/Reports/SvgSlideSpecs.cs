using System.Xml.Linq;
using TinyResilient.Lab.Reports.Slides;
using TinyResilient.Lab.Results;
using Xunit;

namespace Specs.Lab.Reports;

public class SvgSlideSpecs
{
    public static TheoryData<string> Good => [.. Slides.Good.Select(chart => chart.Name)];

    public static TheoryData<string> All => [.. Slides.Good.Concat(Slides.Odd).Select(chart => chart.Name)];

    [Theory, MemberData(nameof(Good))]
    public void Each_kind_is_drawn_as_somebody_found_it_good(string name) =>
        Approved.Is($"{name}.approved.svg", SvgSlide.Of(Chart(name)));

    [Theory, MemberData(nameof(All))]
    public void Any_chart_gives_well_formed_xml_of_the_size_of_a_slide(string name) =>
        Assert.Equal("0 0 1600 900", XDocument.Parse(SvgSlide.Of(Chart(name))).Root!.Attribute("viewBox")!.Value);

    [Theory, MemberData(nameof(All))]
    public void Words_are_large_enough_for_the_last_row_and_stay_on_the_slide_in_their_box_and_off_each_other(string name) =>
        PlacedText.AssertAllFit(SvgSlide.Of(Chart(name)));

    [Theory]
    [InlineData("Short", 48, 1)]
    [InlineData("A breaker gives it the rest that it needs: 78 % and not 54", 44, 1)]
    [InlineData("Half of capacity is the threshold: with one retry 140/s recovers, 160/s never", 48, 2)]
    [InlineData("A title that states its finding with several numbers, 12.3 % of this and 45.6 ms of that, and that also wants to say what all of it means at last", 36, 2)]
    public void A_title_is_made_smaller_or_broken_but_keeps_all_its_words(string title, double size, int lines)
    {
        var texts = PlacedText.Of(SvgSlide.Of(Slides.RepairPoints with { Title = title })).Where(text => text.IsBold).ToList();
        Assert.Equal(title, string.Join(' ', texts.Select(text => text.Words)));
        Assert.Equal(lines, texts.Count);
        Assert.All(texts, text => Assert.Equal(size, text.Size));
    }

    [Theory, MemberData(nameof(All))]
    public void Nothing_is_loaded_run_or_referred_to(string name)
    {
        var svg = XDocument.Parse(SvgSlide.Of(Chart(name)));
        string[] allowed = ["svg", "title", "rect", "text", "tspan", "line", "polyline", "polygon", "circle"];
        Assert.Empty(svg.Descendants().Select(element => element.Name.LocalName).Except(allowed));
        Assert.DoesNotContain(svg.Descendants().Attributes(),
            attribute => attribute.Name.LocalName is "style" or "href" or "id" || attribute.Value.Contains("url(", StringComparison.Ordinal));
    }

    [Fact]
    public void Names_come_out_as_they_are_and_never_as_markup()
    {
        var svg = SvgSlide.Of(Chart("odd-hostile"));
        Assert.DoesNotContain("<script", svg, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;bold&lt;/b&gt; &amp; such", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void What_has_no_data_says_so() =>
        Assert.All((string[])["odd-empty", "odd-no-points", "odd-no-rows", "odd-missing", "odd-square", "odd-points-empty"],
            name => Assert.Contains(Texts(name), text => text.Words.Contains("no data", StringComparison.Ordinal)));

    [Fact]
    public void What_is_left_out_is_counted()
    {
        Assert.Contains(Texts("odd-too-many"), text => text.Words == "and 24 more");
        Assert.Contains(Texts("odd-99-rows"), text => text.Words.Contains("63 more rows", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_too_short_to_be_told_apart_reads_as_less_and_each_time_has_its_own_unit()
    {
        var words = Texts("node-death-ladder").Select(text => text.Words).ToList();
        Assert.Equal(2, words.Count(word => word == "< 2 ms"));
        Assert.Contains("310 ms", words);
        Assert.Contains("5 s", words);
        Assert.Contains("time to repair", words);
    }

    [Fact]
    public void Both_lanes_of_an_arm_share_a_row() =>
        Assert.Equal(17, Texts("odd-17-arms").Count(text => text.Words.StartsWith("arm ", StringComparison.Ordinal)));

    [Fact]
    public void A_tone_is_told_apart_without_its_colour()
    {
        var first = Enumerable.Range(0, 7).Select(Tone.Of).ToList();
        Assert.Equal(7, first.DistinctBy(tone => tone.Dash).Count());
        Assert.Equal(7, first.DistinctBy(tone => tone.Shape).Count());
        Assert.Equal(49, Enumerable.Range(0, 49).Select(Tone.Of).Distinct().Count());
    }

    static Chart Chart(string name) => Slides.Good.Concat(Slides.Odd).Single(chart => chart.Name == name);

    static List<PlacedText> Texts(string name) => PlacedText.Of(SvgSlide.Of(Chart(name)));
}
