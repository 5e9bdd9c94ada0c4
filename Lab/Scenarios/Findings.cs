using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Scenarios;

/// <summary>What a scenario concludes from what was measured.</summary>
/// <param name="Title">What was found, with its number; never words that the measurement does not bear out.</param>
sealed record Findings(
    string Title, IReadOnlyList<Claim> Claims, IReadOnlyList<Verdict> Verdicts, IReadOnlyList<Chart> Charts);
