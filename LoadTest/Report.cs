using System.Text;

namespace TinyResilient.LoadTest;

/// <summary>A run as people read it: text, JSON, CSV. Nothing in it asks a clock or the network.</summary>
/// <param name="Result">What was measured.</param>
/// <param name="Theory">What should have come out; null where that is not known.</param>
/// <param name="Verdicts">What became of the thresholds.</param>
public sealed record Report(LoadResult Result, Prediction? Theory, IReadOnlyList<Verdict> Verdicts)
{
    /// <summary>The summary, what stands below it, the thresholds, and the story.</summary>
    public string Text()
    {
        var text = new StringBuilder(Summary.Text(Result)).Append('\n').Append(Details.Text(Result, Theory)).Append('\n');
        foreach (var verdict in Verdicts)
        {
            var actual = $"{Format.Number(verdict.Actual, "0.##")}{(verdict.Actual is null ? "" : verdict.Unit)}";
            text.Append($"{(verdict.Met ? "✓ met" : "✗ not met")}: {verdict.Text} (was {actual})\n");
        }

        return text.Append(Verdicts.Count > 0 ? "\n" : "").Append(Story.Sentence(Result, Theory)).Append('\n').ToString();
    }
}
