namespace TinyResilient.LoadTest;

/// <summary>A run as people read it. Nothing in it asks a clock or the network.</summary>
/// <param name="Result">What was measured.</param>
/// <param name="Theory">What should have come out; null where that is not known.</param>
/// <param name="Verdicts">What became of the thresholds.</param>
public sealed record Report(LoadResult Result, Prediction? Theory, IReadOnlyList<Verdict> Verdicts)
{
    /// <summary>The summary, what stands below it, the thresholds, and the story.</summary>
    public string Text() => $"{Summary.Text(Result)}\n{Details.Text(Result, Theory)}\n"
        + (Verdicts.Count > 0 ? string.Concat(Verdicts.Select(Line)) + "\n" : "")
        + Story.Sentence(Result, Theory) + "\n";

    static string Line(Verdict verdict)
    {
        var actual = verdict.Actual is { } number ? $"{number:0.##}{verdict.Unit}" : "n/a";
        return $"{(verdict.Met ? "✓ met" : "✗ not met")}: {verdict.Text} (was {actual})\n";
    }
}
