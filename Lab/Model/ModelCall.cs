namespace TinyResilient.Lab.Model;

/// <summary>
/// The course of one request: attempts, hedges, pauses, until a success, a refusal or the last retry.
/// </summary>
sealed class ModelCall(ModelGateway gateway, int request, Action<ModelRequest> done)
{
    readonly ModelPolicy policy = gateway.Settings.Policy;
    readonly Timeline timeline = gateway.Timeline;
    readonly double start = gateway.Timeline.Now;
    ModelOutcome last = ModelOutcome.CircuitOpen;
    (int Trips, bool IsProbe) ticket;
    double pause, deadline;
    int node = -1, round, underWay, sent, retries;

    public void Begin()
    {
        if (gateway.InFlight >= policy.MaxInFlight)
        {
            done(new(start, start, ModelOutcome.Busy, 0));
            return;
        }

        gateway.InFlight++;
        gateway.Budget.Requested();
        Try();
    }

    void Try()
    {
        if (gateway.Admit(node, request, retries) is not { } admitted)
        {
            End(last);
            return;
        }

        (node, ticket) = admitted;
        underWay = 0;
        deadline = Math.Min(timeline.Now + policy.AttemptTimeout, start + policy.TotalTimeout);
        var mine = ++round;
        timeline.At(deadline, () => Settle(mine, ModelOutcome.TimedOut));
        if (policy.HedgeAfter > 0 && timeline.Now + policy.HedgeAfter < deadline)
            timeline.After(policy.HedgeAfter, () => Hedge(mine));
        Send(node);
    }

    void Hedge(int mine)
    {
        if (mine != round || !gateway.Budget.Spend()) return;
        gateway.Counts.Hedges++;
        Send(gateway.Pick(node, request, -retries - 1));
    }

    void Send(int where)
    {
        var mine = round;
        underWay++;
        gateway.Send(where, new ModelAttempt(request, ++sent, deadline, outcome => Answered(mine, outcome)));
    }

    void Answered(int mine, ModelOutcome outcome)
    {
        if (mine != round) return;
        if (--underWay == 0 || outcome is ModelOutcome.Succeeded or ModelOutcome.Wrong) Settle(mine, outcome);
    }

    void Settle(int mine, ModelOutcome outcome)
    {
        if (mine != round) return;
        round++;
        last = outcome;
        gateway.Breaker(node).Ended(ticket, outcome);
        if (outcome is ModelOutcome.Succeeded or ModelOutcome.Wrong) gateway.Budget.Succeeded();
        if (!IsRetried(outcome) || retries == policy.Retries)
        {
            End(outcome);
            return;
        }

        pause = gateway.Pause(retries + 1, pause, request);
        if (timeline.Now + pause >= start + policy.TotalTimeout || !gateway.Budget.Spend())
        {
            End(outcome);
            return;
        }

        retries++;
        gateway.Counts.Retries++;
        timeline.After(pause, Try);
    }

    bool IsRetried(ModelOutcome outcome) =>
        outcome is ModelOutcome.Failed or ModelOutcome.TimedOut or ModelOutcome.Expired
        || outcome == ModelOutcome.Crashed && policy.RetryOnCrash;

    void End(ModelOutcome outcome)
    {
        gateway.InFlight--;
        done(new(start, timeline.Now, outcome == ModelOutcome.Expired ? ModelOutcome.TimedOut : outcome, sent));
    }
}
