namespace TinyResilient.Lab.Stage;

/// <summary>The newest finished arms of acts, each once. Safe to call from any thread.</summary>
sealed class ArmShelf
{
    /// <summary>Eight arms in two lanes.</summary>
    public const int Most = 16;

    readonly Lock _gate = new();
    IReadOnlyList<FinishedArm> _all = [];

    /// <summary>The newest last.</summary>
    public IReadOnlyList<FinishedArm> All
    {
        get
        {
            lock (_gate)
                return _all;
        }
    }

    /// <summary>
    /// An arm begins: what it measured before goes, and the oldest where there is no room for it. So their number tells whoever
    /// watches it that there is something new.
    /// </summary>
    public void MakeRoom(string scenario, string arm, int lanes)
    {
        lock (_gate)
            _all = [.. _all.Where(one => one.Scenario != scenario || one.Arm != arm).TakeLast(Most - lanes)];
    }

    public void Add(IEnumerable<FinishedArm> arms)
    {
        lock (_gate)
            _all = [.. _all.Concat(arms).TakeLast(Most)];
    }

    public void Clear()
    {
        lock (_gate)
            _all = [];
    }
}
