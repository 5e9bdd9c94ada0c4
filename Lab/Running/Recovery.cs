namespace TinyResilient.Lab.Running;

/// <summary>How long it takes after a fault has ended until goodput is back, and stays.</summary>
static class Recovery
{
    /// <summary>Of what is offered, this share succeeds again.</summary>
    public const double Share = 0.95;

    const double WindowS = 1;

    /// <summary>
    /// Seconds from the end of the fault to the first success from which on, in every second up to the last request, 95 % of what
    /// was due succeeds, however late. Null: it does not come to that.
    /// </summary>
    /// <param name="fates">In the order in which they were due.</param>
    /// <param name="endS">Of the fault, seconds from the first request.</param>
    public static double? After(double endS, IReadOnlyList<Fate> fates)
    {
        var (after, ok) = (fates.Count, 0);
        double? back = null;
        // From behind: the window of a request holds it and what was due within a second after it.
        for (var (first, last) = (fates.Count - 1, fates.Count); first >= 0 && fates[first].DueS >= endS; first--)
        {
            ok += fates[first].Ok ? 1 : 0;
            while (fates[last - 1].DueS >= fates[first].DueS + WindowS)
                ok -= fates[--last].Ok ? 1 : 0;
            if (last == after)
                continue; // not yet a whole second
            if (ok < Share * (last - first))
                return back;
            if (fates[first].Ok)
                back = fates[first].DueS - endS;
        }
        return back;
    }
}
