namespace TinyResilient.Lab.Stage;

/// <summary>
/// Whether something else than the arm itself has changed what it runs under: then it is not comparable. One look that
/// differs may have been under way while the arm was set up; the second tells.
/// </summary>
/// <param name="words">What the arm has set.</param>
sealed class HandWatch(string words)
{
    object? _last;
    int _differing;

    public bool HasChanged { get; private set; }

    /// <param name="look">The look itself, which is asked about more than once.</param>
    /// <param name="seen">What it has seen.</param>
    public void Look(object look, string seen)
    {
        if (ReferenceEquals(look, _last))
            return;
        _last = look;
        _differing = seen == words ? 0 : _differing + 1;
        HasChanged |= _differing > 1;
    }

    public void Change() => HasChanged = true;
}
