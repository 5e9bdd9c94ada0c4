using TinyResilient.ServiceB.Faults;

namespace TinyResilient.ServiceB;

/// <summary>
/// The faults that are set now, and the clock that they count on. Whoever reads <see cref="Current"/> never waits, and
/// never sees half a change.
/// </summary>
public sealed class FaultBoard(TimeProvider time)
{
    // A timestamp of its own: from 0 on, a double no longer holds every tick
    readonly long origin = time.GetTimestamp();
    volatile FaultSet current = FaultSet.None;

    public FaultSet Current => current;

    /// <summary>The process's monotonic clock.</summary>
    public TimeSpan Now => time.GetElapsedTime(origin);

    /// <summary>Raised after each change. Handlers tell an actor, and return.</summary>
    public event Action? Changed;

    /// <summary>Replaces all faults that are set; an empty list clears them.</summary>
    public void Put(IReadOnlyList<Fault> faults)
    {
        current = faults is [] ? FaultSet.None : new FaultSet(faults, Now);
        Changed?.Invoke();
    }

    public IEnumerable<(Fault Fault, bool IsActive)> Shown => current.Shown(Now);
}
