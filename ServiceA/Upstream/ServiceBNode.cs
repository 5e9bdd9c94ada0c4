using Akka.Actor;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceA.Upstream;

/// <summary>
/// One ServiceB process as the gateway sees it: its breaker, its ledger, and the link to its present incarnation.
/// A link is never reused for another incarnation: an IActorRef dies with the process that it points to.
/// </summary>
public sealed class ServiceBNode(string address, NodeBreaker breaker, AttemptLedger ledger, NodeMetrics metrics, TimeProvider time)
    : GuardedNode<NodeBreaker>(address, breaker, metrics)
{
    readonly string incarnation = Guid.NewGuid().ToString("n");
    static readonly TimeSpan noDeadline = TimeSpan.FromDays(1);
    volatile Link? link;
    static long calls;
    long heardAt;

    public override AttemptLedger Ledger => ledger;
    public bool IsConnected => link is not null;
    public override bool? HasConnection => IsConnected;
    public override bool IsAvailable => link is { Accepting: true };
    public override string? Host => link?.Probed.Host;

    /// <summary>Whether an answer has come from the node this recently.</summary>
    public bool HasAnsweredWithin(TimeSpan limit) => time.GetElapsedTime(Volatile.Read(ref heardAt)) < limit;

    /// <summary>The connection found an incarnation of ServiceB, or the same one again.</summary>
    public void Connected(Probed probed, IActorRef pool)
    {
        if (link?.Probed.Incarnation == probed.Incarnation)
        {
            link.Accepting = probed.Accepting;
            return;
        }
        Lost();
        link = new Link(pool, probed) { Accepting = probed.Accepting };
        Metrics.Connected(true);
    }

    /// <summary>The connection is gone: all who wait for an answer learn it at once, the breaker counts it once.</summary>
    public void Lost()
    {
        if (Interlocked.Exchange(ref link, null) is not { } gone) return;
        Metrics.Connected(false);
        Ledger.NodeGone();
        Breaker.ConnectionLost();
        gone.Gone.Cancel();
    }

    /// <summary>Sends one attempt, where the breaker lets it, and waits for its answer until the timeout.</summary>
    /// <exception cref="InvalidOperationException">A bug: it cannot be sent. Breaker and ledger hear nothing.</exception>
    public Task<AttemptResult> Attempt(
        string requestId, int attempt, string? traceParent, TimeSpan timeout, bool saysTimeout = true)
    {
        if (link is not { Accepting: true } now)
            return Task.FromResult(new AttemptResult(AttemptOutcome.Unavailable, Node: this));
        var work = new DoWork(Interlocked.Increment(ref calls), requestId, attempt,
            (saysTimeout ? timeout : noDeadline).TotalMilliseconds, time.MonotonicMs(), incarnation, traceParent);
        if (!Wire.Carries(work))
            throw new InvalidOperationException("an attempt with a field that no message can carry");
        return Breaker.Guard(() => Send(now, work, timeout));
    }

    async Task<AttemptResult> Send(Link now, DoWork work, TimeSpan timeout)
    {
        var result = await Ask(now, work, timeout) with { Node = this };
        if (result.Outcome == AttemptOutcome.Draining) now.Accepting = false;
        Metrics.Ended(result.Outcome);
        return result;
    }

    async Task<AttemptResult> Ask(Link to, DoWork work, TimeSpan timeout)
    {
        Ledger.Sent(work.CallId);
        Task<WorkAnswer>? asked = null, answer = null;
        try
        {
            asked = to.Pool.Ask<WorkAnswer>(work, timeout);
            answer = Answer(asked, work);
            return AttemptResult.Of(await answer.WaitAsync(to.Gone.Token));
        }
        catch (OperationCanceledException) when (asked is { IsCompletedSuccessfully: true })
        {
            return AttemptResult.Of(await answer!); // the last thing that came through before the connection was closed
        }
        catch (AskTimeoutException)
        {
            Ledger.GivenUp(work.CallId);
            return new AttemptResult(AttemptOutcome.TimedOut);
        }
        catch (OperationCanceledException)
        {
            Ledger.NodeGone(work.CallId); // it may have been sent after Lost had gone through the ledger
            return new AttemptResult(AttemptOutcome.ConnectionLost, IsCounted: true);
        }
        catch (Exception)
        {
            Ledger.Lost(work.CallId); // a bug, or an answer that is none
            throw;
        }
    }

    // Goes on when the link is given up, so that an answer that comes through after all finds its way into the ledger.
    async Task<WorkAnswer> Answer(Task<WorkAnswer> asked, DoWork work)
    {
        var answer = await asked;
        Ledger.Answered(work.CallId, answer.Outcome);
        Volatile.Write(ref heardAt, time.GetTimestamp());
        return answer;
    }

    sealed class Link(IActorRef pool, Probed probed)
    {
        public IActorRef Pool => pool;
        public Probed Probed => probed;
        public CancellationTokenSource Gone { get; } = new();
        public volatile bool Accepting;
    }
}
