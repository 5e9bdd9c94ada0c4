using System.Globalization;

namespace TinyResilient.Lab.Knobs;

/// <summary>What a knob may be tried with in place of its value.</summary>
static class Trials
{
    /// <param name="range">As <c>GET /knobs</c> tells it: <c>0..10</c>, <c>true, false</c>, <c>none, requests:0..1</c>.</param>
    /// <param name="value">That it has; it is no trial.</param>
    public static IEnumerable<string> Of(string range, string value) =>
        (range.Split("..") is [var least, var most] && Number(least) is { } min && Number(most) is { } max
            ? Numbers(min, max, Number(value) ?? min) : Words(range)).Where(trial => trial != value).Distinct();

    static IEnumerable<string> Words(string range) => range.Split(", ").SelectMany(word =>
        word.Split(':') is [var of, _] ? [$"{of}:0", $"{of}:0.1", $"{of}:0.5"] : (string[])[word]);

    // From one end to the other, and around the value; from 0 on, by tens
    static IEnumerable<string> Numbers(double min, double max, double value) =>
        ((double[])[min, value / 5, value / 2, value - 1, value + 1, 2 * value, 5 * value, max, .. value == 0 ? (double[])[1, 10, 50, 100, 200, 1_000] : []])
            .Where(trial => trial >= min && trial <= max).Order().Select(trial => trial.ToString(CultureInfo.InvariantCulture));

    static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
