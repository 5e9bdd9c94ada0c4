namespace TinyResilient.Lab.Model;

/// <summary>
/// What workers do with an attempt, and what is done with them afterwards: clean state where they are restarted, or a
/// fresh object each time, or neither. Tells how work ended, and when its worker can take other work.
/// </summary>
sealed class ModelCrew(
    ModelSettings settings, int node, Timeline timeline, WorkFates fates, ModelCounts counts,
    Action<ModelAttempt, ModelOutcome, bool> ended, Action<ModelWorker> rest)
{
    readonly ModelPoolSettings pool = settings.Pool;

    ModelFaults Faults => settings.FaultsAt(timeline.Now);

    bool Restarts => pool.Supervision == ModelSupervision.Restart;

    public void Start(ModelWorker worker, ModelAttempt attempt)
    {
        var fate = fates.Of(attempt, node, timeline.Now);
        Recover(worker);
        var duration = fate == WorkFate.Hang ? double.PositiveInfinity
            : worker.IsSick && Faults.Fast ? 0 : fates.Duration(attempt, timeline.Now);
        if (pool.HangAfter > 0 && duration > pool.HangAfter)
            timeline.At(EndOf(pool.HangAfter), () => Replace(worker, attempt));
        else if (fate != WorkFate.Hang)
            timeline.At(EndOf(duration), () => End(worker, attempt, fate));
    }

    double EndOf(double duration) => settings.Faults.Stall?.End(timeline.Now, duration) ?? timeline.Now + duration;

    /// <summary>Answers, unless the answer is lost on its way.</summary>
    public void Tell(ModelAttempt attempt, ModelOutcome outcome)
    {
        if (outcome != ModelOutcome.Succeeded || !fates.Hits(Faults.AckLost, Drawn.AckLost, attempt)) attempt.Answer(outcome);
    }

    void Recover(ModelWorker worker)
    {
        if (pool.Supervision == ModelSupervision.Fresh && !Faults.External) worker.IsSick = false;
        if (Faults.NeedsRest is { } fault && timeline.Now - worker.LeftAt >= fault.Idle) worker.IsSick = false;
    }

    void End(ModelWorker worker, ModelAttempt attempt, WorkFate fate)
    {
        worker.LeftAt = timeline.Now;
        if (fate == WorkFate.Done && (!worker.IsSick || Faults.Silent))
        {
            var outcome = worker.IsSick ? ModelOutcome.Wrong : ModelOutcome.Succeeded;
            worker.IsSick |= fates.Hits(Faults.Corrupt, Drawn.Corrupt, attempt)
                || fates.Hits(Faults.NeedsRest?.Probability ?? 0, Drawn.Rest, attempt);
            ended(attempt, outcome, true);
            rest(worker);
        }
        else
        {
            var outcome = fate == WorkFate.Crash ? ModelOutcome.Crashed : ModelOutcome.Failed;
            ended(attempt, outcome, !Restarts || pool.AnswerBeforeRestart);
            if (Restarts) Restart(worker);
            else rest(worker);
        }
    }

    void Replace(ModelWorker worker, ModelAttempt attempt)
    {
        ended(attempt, ModelOutcome.Crashed, true);
        Restart(worker);
    }

    void Restart(ModelWorker worker)
    {
        counts.Restarts++;
        if (!Faults.External) worker.IsSick = false;
        if (pool.Restart > 0) timeline.After(pool.Restart, () => rest(worker));
        else rest(worker);
    }
}
