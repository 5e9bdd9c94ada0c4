namespace TinyResilient.Lab.Scenarios;

/// <summary>Finds the name that somebody probably meant.</summary>
static class NearestName
{
    /// <summary>The candidate fewest edits away; null when none is within a third of its length.</summary>
    public static string? To(string name, IEnumerable<string> candidates) => name.Length > 64 ? null : candidates
        .Select(candidate => (Candidate: candidate, Distance: Edits(name.ToUpperInvariant(), candidate.ToUpperInvariant())))
        .Where(one => one.Distance <= Math.Max(1, one.Candidate.Length / 3))
        .OrderBy(one => one.Distance).Select(one => one.Candidate).FirstOrDefault();

    // Levenshtein's distance, one row at a time.
    static int Edits(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            (var diagonal, row[0]) = (row[0], i);
            for (var j = 1; j <= to.Length; j++)
            {
                var replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
