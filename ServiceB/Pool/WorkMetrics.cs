using Prometheus;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceB.Pool;

/// <summary>The metric families of ServiceB. Every series is there from the start.</summary>
public sealed class WorkMetrics
{
    static readonly WorkOutcome[] takenByAWorker = [WorkOutcome.Completed, WorkOutcome.Failed, WorkOutcome.Crashed, WorkOutcome.Hung];
    static readonly WorkerState[] states = Enum.GetValues<WorkerState>();
    readonly Counter work, restarts, effects;
    readonly Histogram duration;
    readonly Gauge queue, workers;

    public WorkMetrics(IMetricFactory factory)
    {
        work = factory.CreateCounter("tiny_work_total", "Pieces of work that ended, by how they ended.", ["lane", "outcome"]);
        duration = factory.CreateHistogram("tiny_work_duration_seconds", "Time that a worker spent on one piece of work.",
            ["lane", "outcome"], new HistogramConfiguration { Buckets = Histogram.ExponentialBuckets(0.001, 2, 16) });
        queue = factory.CreateGauge("tiny_queue_length", "Pieces of work that wait for a worker.", ["lane"]);
        workers = factory.CreateGauge("tiny_workers", "Workers, by what they do now.", ["lane", "state"]);
        restarts = factory.CreateCounter("tiny_worker_restarts_total", "Workers that were restarted or replaced.", ["lane"]);
        effects = factory.CreateCounter("tiny_effects_total", "Work done, by whether it had been done before.", ["lane", "outcome"]);
        foreach (var lane in new[] { Names.ActorLane, Names.HttpLane })
        {
            foreach (var outcome in Enum.GetValues<WorkOutcome>())
                work.WithLabels(lane, outcome.Word());
            foreach (var outcome in takenByAWorker)
                duration.WithLabels(lane, outcome.Word());
            restarts.WithLabels(lane);
            effects.WithLabels(lane, "unique");
            effects.WithLabels(lane, "duplicate");
        }
    }

    public void Ended(string lane, WorkOutcome outcome, TimeSpan spent)
    {
        work.WithLabels(lane, outcome.Word()).Inc();
        if (spent > TimeSpan.Zero)
            duration.WithLabels(lane, outcome.Word()).Observe(spent.TotalSeconds);
    }

    public void Effect(string lane, bool duplicate) => effects.WithLabels(lane, duplicate ? "duplicate" : "unique").Inc();

    public void Restarted(string lane) => restarts.WithLabels(lane).Inc();

    public void Show(string lane, int waiting, Func<WorkerState, int> count)
    {
        queue.WithLabels(lane).Set(waiting);
        foreach (var state in states)
            workers.WithLabels(lane, state.Word()).Set(count(state));
    }
}
