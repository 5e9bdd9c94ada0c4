using Akka.Actor;
using TinyResilient.ServiceB.Faults;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceB.Pool;

/// <summary>What makes one worker differ from another.</summary>
/// <param name="Lane">The lane of its pool.</param>
/// <param name="Number">Its number in its pool, from 0.</param>
/// <param name="Faults">The faults that are set.</param>
/// <param name="Seed">What the fate of its constructor is drawn from.</param>
public sealed record WorkerOptions(string Lane, int Number, FaultBoard Faults, long Seed);

// What faults do to a worker, and what it tells its pool.
public sealed partial class WorkerActor
{
    void FailWhereAFaultSaysSo()
    {
        var (lane, number, board, seed) = options;
        if (board.Current.BreaksConstructor(lane, number, seed, board.Now) is { } fault)
            throw new WorkFailedException(
                fault.Name, fault.Directive == LoopDirective.Stop ? Directive.Stop : Directive.Restart);
    }

    WorkPlan PlanFor(Job job)
    {
        var (work, now) = (job.Work, options.Faults.Now);
        var plan = FaultModel.Plan(job.Knobs, work.RequestId, work.Attempt);
        var attempt = new Attempt(options.Lane, options.Number, work.RequestId, work.Attempt, job.Knobs.Seed);
        return health.Meet(options.Faults.Current.Strike(plan, attempt, now), now);
    }

    static WorkOutcome OutcomeOf(Ending ending) => ending switch
    {
        Ending.Done or Ending.Unheard => WorkOutcome.Completed,
        Ending.Crashed => WorkOutcome.Crashed,
        _ => WorkOutcome.Failed,
    };

    /// <summary>To the pool: this piece of work has ended.</summary>
    public sealed record Ended(int Number, Job Job, WorkOutcome Outcome, TimeSpan Spent, string? Fault)
    {
        /// <summary>False where the work was done and its answer gets lost.</summary>
        public bool IsHeard { get; init; } = true;

        /// <summary>What of the time that it took was a stall.</summary>
        public TimeSpan Frozen { get; init; }

        /// <summary>Whether the worker is restarted now, and takes work again when it says <see cref="Restarted"/>.</summary>
        public bool Restarts { get; init; }

        /// <summary>The state that the worker lives on with, to be shown; where it restarts, of the past.</summary>
        public required SickNote Note { get; init; }
    }

    /// <summary>To the pool: this worker is about to be restarted; whatever it had, it will say no more about it.</summary>
    public sealed record Dying(int Number, string? Fault);

    /// <summary>To the pool: this worker has been restarted, and has clean state.</summary>
    public sealed record Restarted(int Number);

    /// <summary>To the pool, for who looks at it: this work will never end. The watchdog has to find out by itself.</summary>
    public sealed record Stuck(int Number, Job Job, string Fault);

    /// <summary>Asks a worker to say that it is there: <see cref="Ready"/>. One whose constructor fails never does.</summary>
    public sealed record Announce { public static readonly Announce Now = new(); }

    public sealed record Ready(int Number);

    sealed record Due(Job Job, WorkPlan Plan);
}
