using Akka.Actor;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceB.Pool;

/// <summary>One piece of work in a pool.</summary>
/// <param name="Number">Unique within the pool; a late result is recognised by it.</param>
/// <param name="Work">What was asked.</param>
/// <param name="Asker">Who gets the one answer.</param>
/// <param name="Knobs">The knobs as they were when the work arrived.</param>
/// <param name="Deadline">Timestamp of the pool's clock after which nobody waits for the answer.</param>
public sealed record Job(long Number, DoWork Work, IActorRef Asker, WorkKnobs Knobs, long Deadline)
{
    /// <summary>What becomes of a worker that fails with it: as the knob was when a worker took it.</summary>
    public Supervision Supervision { get; init; }
}
