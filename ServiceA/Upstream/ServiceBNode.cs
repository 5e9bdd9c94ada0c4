using Akka.Actor;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceA.Upstream;

/// <summary>
/// One ServiceB process as the gateway sees it: its breaker, its ledger, and the link to its present incarnation.
/// A link is never reused for another incarnation: an IActorRef dies with the process that it points to.
/// </summary>
public sealed class ServiceBNode(
    string address, NodeBreaker breaker, AttemptLedger ledger, NodeMetrics metrics, TimeProvider time,
    PauseMeter pauses)
    : GuardedNode<NodeBreaker>(address, breaker, metrics)
{
    readonly string incarnation = Guid.NewGuid().ToString("n");
    static readonly TimeSpan noDeadline = TimeSpan.FromDays(1);
    volatile Link? link;
    static long calls;
    long heardAt, seenAt;

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
        Volatile.Write(ref seenAt, time.GetTimestamp());
        if (link?.Probed.Incarnation == probed.Incarnation)
        {
            link.Accepting = probed.Accepting;
            return;
        }
        Lost();
        link = new Link(pool, probed) { Accepting = probed.Accepting };
        Metrics.Connected(true);
    }

    /// <summary>The connection is gone: all who wait for an answer learn it at once, the breaker counts it once; not at
    /// all where it is gone because ServiceA itself stood still.</summary>
    public void Lost()
    {
        if (Interlocked.Exchange(ref link, null) is not { } gone) return;
        Metrics.Connected(false);
        Ledger.NodeGone();
        var seen = Volatile.Read(ref seenAt);
        if (!pauses.Excuses(seen, seen, ConnectionActor.SilenceLimit)) Breaker.ConnectionLost();
        gone.Gone.Cancel();
    }

    /// <summary>Sends one attempt, where the breaker lets it, and waits for its answer until the timeout.</summary>
    /// <param name="isExcused">Whether it is no fault of the node that the attempt ran out; asked when it did.</param>
    /// <exception cref="InvalidOperationException">A bug: it cannot be sent. Breaker and ledger hear nothing.</exception>
    public Task<AttemptResult> Attempt(string requestId, int attempt, string? traceParent, TimeSpan timeout,
        bool saysTimeout = true, Func<bool>? isExcused = null)
    {
        if (link is not { Accepting: true } now)
            return Task.FromResult(new AttemptResult(AttemptOutcome.Unavailable, Node: this));
        var work = new DoWork(Interlocked.Increment(ref calls), requestId, attempt,
            (saysTimeout ? timeout : noDeadline).TotalMilliseconds, time.MonotonicMs(), incarnation, traceParent);
        if (!Wire.Carries(work))
            throw new InvalidOperationException("an attempt with a field that no message can carry");
        return Breaker.Guard(() => Send(now, work, timeout, isExcused));
    }

    async Task<AttemptResult> Send(Link now, DoWork work, TimeSpan timeout, Func<bool>? isExcused)
    {
        var result = await Ask(now, work, timeout, isExcused) with { Node = this };
        if (result.Outcome == AttemptOutcome.Draining) now.Accepting = false;
        Metrics.Ended(result.Outcome);
        return result;
    }

    async Task<AttemptResult> Ask(Link to, DoWork work, TimeSpan timeout, Func<bool>? isExcused)
    {
        Ledger.Sent(work.CallId);
        Task<WorkAnswer>? asked = null, answer = null;
        try
        {
            asked = to.Pool.AskWithin<WorkAnswer>(work, timeout, time);
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
            return new AttemptResult(AttemptOutcome.TimedOut, IsExcused: isExcused?.Invoke() == true);
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
