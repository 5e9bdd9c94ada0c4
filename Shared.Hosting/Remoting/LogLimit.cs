namespace TinyResilient.Shared.Hosting.Remoting;

/// <summary>
/// Lets the first line of each kind through and counts the rest until the window is closed. Whoever can
/// reach the port decides how much goes wrong; they must not decide how much we write.
/// </summary>
sealed class LogLimit
{
    // Kinds come from Akka's message templates, which are few; should a peer's text become one, it ends here
    const int MaxKinds = 64;

    readonly Dictionary<string, Suppressed> _kinds = [];

    /// <summary>True for a line to be written: one of each kind per window.</summary>
    public bool Admits(string kind, string line)
    {
        if (!_kinds.ContainsKey(kind) && _kinds.Count >= MaxKinds)
            kind = "other";
        if (_kinds.TryAdd(kind, new Suppressed(line, 0)))
            return true;
        _kinds[kind] = _kinds[kind] with { Count = _kinds[kind].Count + 1 };
        return false;
    }

    /// <summary>Ends the window, and says what was counted in it.</summary>
    public IReadOnlyList<Suppressed> Close()
    {
        var counted = _kinds.Values.Where(kind => kind.Count > 0).ToList();
        _kinds.Clear();
        return counted;
    }

    /// <summary>The line that was written, and how many of its kind were not.</summary>
    internal sealed record Suppressed(string Line, int Count);
}
