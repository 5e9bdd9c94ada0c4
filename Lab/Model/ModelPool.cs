namespace TinyResilient.Lab.Model;

/// <summary>The pool of one node: takes work into a bounded queue, and gives it to the worker idle longest.</summary>
sealed class ModelPool
{
    readonly ModelSettings settings;
    readonly ModelPoolSettings pool;
    readonly Timeline timeline;
    readonly ModelCounts counts;
    readonly ModelEffects effects;
    readonly ModelCrew crew;
    readonly Queue<ModelAttempt> queue = [];
    readonly Queue<ModelWorker> idle;
    readonly Dictionary<int, int> crashes = [];
    readonly Dictionary<int, List<ModelAttempt>> joined = [];

    public ModelPool(
        ModelSettings settings, int node, Timeline timeline, WorkFates fates, ModelCounts counts, ModelEffects effects)
    {
        (this.settings, pool, this.timeline, this.counts, this.effects) =
            (settings, settings.Pool, timeline, counts, effects);
        idle = new(Enumerable.Range(0, pool.Workers).Select(number => new ModelWorker { IsSick = IsSickAtStart(number) }));
        crew = new(settings, node, timeline, fates, counts, Ended, Rest);
        if (settings.Faults.Stall is { } stall) timeline.At(stall.Until, Dispatch);
    }

    // Evenly among the others: which of them are sick is not known to follow from whose turn it is
    bool IsSickAtStart(int number) =>
        number * settings.Start.Sick / pool.Workers != (number + 1) * settings.Start.Sick / pool.Workers;

    bool IsStalled => settings.Faults.Stall?.Covers(timeline.Now) == true;

    public void Accept(ModelAttempt attempt)
    {
        if (pool.QuarantineAfter > 0 && crashes.GetValueOrDefault(attempt.Request) >= pool.QuarantineAfter)
            attempt.Answer(ModelOutcome.Quarantined);
        else if (IsTooLate(attempt)) Expire(attempt);
        else if (pool.Idempotency && effects.IsDone(attempt.Request)) crew.Tell(attempt, ModelOutcome.Succeeded);
        else if (pool.Idempotency && joined.TryGetValue(attempt.Request, out var others)) others.Add(attempt);
        else if (idle.Count > 0 && !IsStalled) Start(attempt);
        else if (queue.Count < pool.QueueLimit) queue.Enqueue(attempt);
        else Refuse(attempt);
    }

    void Dispatch()
    {
        while (!IsStalled && idle.Count > 0 && queue.TryDequeue(out var attempt))
            if (IsTooLate(attempt)) Expire(attempt);
            else if (pool.Idempotency && joined.TryGetValue(attempt.Request, out var others)) others.Add(attempt);
            else Start(attempt);
    }

    void Start(ModelAttempt attempt)
    {
        if (pool.Idempotency) joined[attempt.Request] = [];
        crew.Start(idle.Dequeue(), attempt);
    }

    void Ended(ModelAttempt attempt, ModelOutcome outcome, bool answers)
    {
        if (outcome == ModelOutcome.Succeeded) effects.Add(attempt.Request);
        if (outcome == ModelOutcome.Crashed)
            crashes[attempt.Request] = crashes.GetValueOrDefault(attempt.Request) + 1;
        joined.Remove(attempt.Request, out var others);
        foreach (var one in (ModelAttempt[])[attempt, .. others ?? []])
            if (answers) crew.Tell(one, outcome);
            else counts.Lost++;
    }

    void Rest(ModelWorker worker)
    {
        idle.Enqueue(worker);
        Dispatch();
    }

    void Expire(ModelAttempt attempt)
    {
        counts.Expired++;
        attempt.Answer(ModelOutcome.Expired);
    }

    void Refuse(ModelAttempt attempt)
    {
        counts.Busy++;
        attempt.Answer(ModelOutcome.Busy);
    }

    bool IsTooLate(ModelAttempt attempt) => pool.DeadlinePropagation
        && timeline.Now >= attempt.Deadline - pool.ExpiryMargin * settings.WorkAt(timeline.Now).Mean;
}
