using System.Globalization;
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
    public void Nothing_is_too_small_for_the_last_row_or_stands_outside_of_the_slide(string name) => Assert.All(Texts(name), text =>
    {
        Assert.InRange(text.Size, 26, 200);
        Assert.InRange(text.Left, 0, 1600);
        Assert.InRange(text.Right, 0, 1600);
        Assert.InRange(text.Foot, 30, 890);
    });

    [Theory, MemberData(nameof(All))]
    public void No_words_stand_on_other_words(string name)
    {
        var texts = Texts(name).Where(text => text.Size < 200).ToList();
        foreach (var (index, one) in texts.Index())
            Assert.DoesNotContain(texts.Skip(index + 1), other =>
                Math.Abs(one.Foot - other.Foot) < 0.8 * Math.Min(one.Size, other.Size) && one.Left < other.Right && other.Left < one.Right);
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

    static List<Placed> Texts(string name) =>
        [.. XDocument.Parse(SvgSlide.Of(Chart(name))).Descendants().Where(element => element.Name.LocalName == "text").Select(element =>
        {
            var (x, size, width) = (Number(element, "x"), Number(element, "font-size"), TextFit.Width(element.Value, Number(element, "font-size")) / 1.08);
            if (element.Elements().Any()) // a giant number, whose unit is smaller
                width *= 0.8;
            var left = element.Attribute("text-anchor")!.Value switch { "end" => x - width, "middle" => x - width / 2, _ => x };
            return new Placed(element.Value, size, left, left + width, Number(element, "y"));
        })];

    static double Number(XElement element, string attribute) => double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);

    sealed record Placed(string Words, double Size, double Left, double Right, double Foot);
}
