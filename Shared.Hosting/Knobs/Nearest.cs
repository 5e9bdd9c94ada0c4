namespace TinyResilient.Shared.Hosting;

/// <summary>Finds the name that somebody probably meant.</summary>
public static class Nearest
{
    /// <summary>The candidate fewest edits away; null when none is within a third of its length.</summary>
    /// <param name="most">Edits, at the most.</param>
    public static string? To(string name, IEnumerable<string> candidates, int most = int.MaxValue)
    {
        if (name.Length > 64)
            return null;
        var best = candidates
            .Select(candidate => (candidate, edits: Edits(name.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .DefaultIfEmpty(("", int.MaxValue))
            .MinBy(pair => pair.Item2);
        return best.Item2 <= Math.Min(most, Math.Max(1, best.Item1.Length / 3)) ? best.Item1 : null;
    }

    // Levenshtein distance, one row at a time.
    static int Edits(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
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
