using TinyResilient.Lab.Reports;
using TinyResilient.Lab.Reports.Slides;
using TinyResilient.Lab.Results;
using Xunit;

namespace Specs.Lab.Reports;

// The pure parts of a slide: where labels go, where axes begin and end, how numbers read.
public class SlidePartSpecs
{
    [Fact]
    public void Labels_that_do_not_touch_stay_where_they_are() =>
        Assert.Equal([100, 300, 200], Apart.Of([100, 300, 200], [40, 40, 40], 0, 400));

    [Fact]
    public void Labels_at_one_place_share_it_evenly_in_their_order() =>
        Assert.Equal([180, 220], Apart.Of([200, 200], [40, 40], 0, 400));

    [Fact]
    public void Labels_stay_between_the_ends() =>
        Assert.Equal([20, 60, 380], Apart.Of([-50, 10, 500], [40, 40, 40], 0, 400));

    [Fact]
    public void Labels_of_different_heights_never_overlap_and_keep_their_order()
    {
        double[] wanted = [300, 110, 100, 305, 120, 310, 390];
        double[] heights = [40, 80, 40, 40, 20, 40, 40];
        var middles = Apart.Of(wanted, heights, 0, 400);
        var order = Enumerable.Range(0, wanted.Length).OrderBy(index => wanted[index]).ToList();
        Assert.All(order.Zip(order.Skip(1)), pair => Assert.True(
            middles[pair.First] + heights[pair.First] / 2 <= middles[pair.Second] - heights[pair.Second] / 2 + 1e-6));
        Assert.All(middles, middle => Assert.InRange(middle, 0, 400));
    }

    [Fact]
    public void More_labels_than_there_is_room_for_are_pressed_together_evenly() =>
        Assert.Equal([5, 15, 25, 35], Apart.Of([0, 0, 0, 0], [40, 40, 40, 40], 0, 40));

    [Theory]
    [InlineData(0, 100, "0 20 40 60 80 100")]
    [InlineData(0, 0.03, "0 0.005 0.01 0.015 0.02 0.025 0.03")]
    [InlineData(0, 0, "0 0.2 0.4 0.6 0.8 1")]
    [InlineData(-3, 7, "-4 -2 0 2 4 6 8")]
    [InlineData(0, 2301, "0 500 1000 1500 2000 2500")]
    public void An_axis_goes_from_zero_over_round_numbers(double low, double high, string ticks) => Assert.Equal(ticks,
        string.Join(' ', Scale.FromZero([new(0, low), new(1, high)], null, 0, 100).Ticks(7).Select(tick => FormattableString.Invariant($"{tick}"))));

    [Fact]
    public void An_interval_that_reaches_below_zero_does_not_move_the_axis() =>
        Assert.Equal(0, Scale.FromZero([new Point(0, 1, -4, 6)], null, 0, 100).Low);

    [Fact]
    public void A_logarithmic_axis_ends_at_decades_and_speaks_of_times_in_their_units()
    {
        var scale = Scale.Decades([1.3, 42_000], 0, 500);
        Assert.Equal(["1 ms", "10 ms", "100 ms", "1 s", "10 s", "100 s"], AxisLabel.Of("time to repair, ms").Ticks(scale, 8).Select(tick => tick.Text));
        Assert.Equal(200, scale.At(100), 6);
        Assert.Equal(0, scale.At(0));
    }

    [Theory]
    [InlineData(97.34, "%", "97.3 %")]
    [InlineData(99.97, "%", "99.97 %")]
    [InlineData(99.9999, "%", "99.9999 %")]
    [InlineData(100, "%", "100 %")]
    [InlineData(0.03, "%", "0.03 %")]
    [InlineData(0, "%", "0 %")]
    [InlineData(1234.5, "ms", "1,235 ms")]
    [InlineData(0.1234, "", "0.12")]
    [InlineData(double.NaN, "%", "no data")]
    public void Numbers_have_the_digits_that_count(double value, string unit, string text) => Assert.Equal(text, Numbers.Text(value, unit));

    [Theory] // as getComputedTextLength() tells in Chromium with DejaVu Sans
    [InlineData("iiiiillll||||", 48, false, 184.7)]
    [InlineData("WWWWmmmm%%%%", 48, false, 559.3)]
    [InlineData("WWWWmmmm%%%%", 48, true, 604.2)]
    [InlineData("the quick brown fox jumps over a lazy dog", 44, true, 1053.5)]
    public void Text_is_as_wide_as_in_the_widest_font(string text, double size, bool isBold, double width) =>
        Assert.Equal(width, TextFit.Width(text, size, isBold), 0.1);

    [Fact]
    public void What_is_too_long_is_cut_with_an_ellipsis()
    {
        var lines = TextFit.Wrap(string.Concat(Enumerable.Repeat("word ", 100)), 40, 1500, mostLines: 2);
        Assert.Equal(2, lines.Count);
        Assert.EndsWith("…", lines[1], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.InRange(TextFit.Width(line, 40), 0, 1500));
    }

    [Fact]
    public void A_unit_stays_with_its_number() =>
        Assert.Equal(["from 225 to", "133 ms, for", "5 % more"], TextFit.Wrap("from 225 to 133 ms, for 5 % more", 40, 250, mostLines: 9));

    [Fact]
    public void Lines_are_about_as_long() =>
        Assert.Equal(["one two three", "four five six"], TextFit.WrapEvenly("one two three four five six", 40, 480, mostLines: 2));
}
