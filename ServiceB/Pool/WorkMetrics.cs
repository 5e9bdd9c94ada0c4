using Prometheus;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceB.Pool;

/// <summary>The metric series of one pool. Every one is there from the start, and none is looked up by name when work ends.</summary>
public sealed class WorkMetrics
{
    static readonly WorkOutcome[] takenByAWorker = [WorkOutcome.Completed, WorkOutcome.Failed, WorkOutcome.Crashed, WorkOutcome.Hung];
    static readonly WorkerState[] states = Enum.GetValues<WorkerState>();
    readonly Counter.Child[] work;
    readonly Dictionary<WorkOutcome, Histogram.Child> durations;
    readonly Counter.Child restarts, unique, duplicate;
    readonly Gauge.Child queue;
    readonly Gauge.Child[] workers;

    public WorkMetrics(IMetricFactory factory, string lane)
    {
        var ends = factory.CreateCounter("tiny_work_total", "Pieces of work that ended, by how they ended.", ["lane", "outcome"]);
        var times = factory.CreateHistogram("tiny_work_duration_seconds", "Time that a worker spent on one piece of work.",
            ["lane", "outcome"], new HistogramConfiguration { Buckets = Histogram.ExponentialBuckets(0.001, 2, 16) });
        var crew = factory.CreateGauge("tiny_workers", "Workers, by what they do now.", ["lane", "state"]);
        var effects = factory.CreateCounter("tiny_effects_total", "Work done, by whether it had been done before.", ["lane", "outcome"]);
        work = [.. Enum.GetValues<WorkOutcome>().Select(outcome => ends.WithLabels(lane, outcome.Word()))];
        durations = takenByAWorker.ToDictionary(outcome => outcome, outcome => times.WithLabels(lane, outcome.Word()));
        queue = factory.CreateGauge("tiny_queue_length", "Pieces of work that wait for a worker.", ["lane"]).WithLabels(lane);
        workers = [.. states.Select(state => crew.WithLabels(lane, state.Word()))];
        restarts = factory.CreateCounter("tiny_worker_restarts_total", "Workers that were restarted or replaced.", ["lane"]).WithLabels(lane);
        (unique, duplicate) = (effects.WithLabels(lane, "unique"), effects.WithLabels(lane, "duplicate"));
    }

    public void Ended(WorkOutcome outcome, TimeSpan spent)
    {
        work[(int)outcome].Inc();
        if (spent > TimeSpan.Zero)
            durations[outcome].Observe(spent.TotalSeconds);
    }

    public void Effect(bool isDuplicate) => (isDuplicate ? duplicate : unique).Inc();

    public void Restarted() => restarts.Inc();

    public void Show(int waiting, Func<WorkerState, int> count)
    {
        queue.Set(waiting);
        for (var i = 0; i < states.Length; i++)
            workers[i].Set(count(states[i]));
    }
}
