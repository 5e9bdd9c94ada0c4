using Akka.Actor;
using Akka.TestKit;
using Microsoft.Extensions.Time.Testing;
using Prometheus;
using TinyResilient.ServiceB;
using TinyResilient.ServiceB.Faults;
using TinyResilient.ServiceB.Pool;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Messages;
using Xunit;

namespace Specs.ServiceB;

/// <summary>
/// One pool, its time moved by hand: every piece of work takes 100 ms, and fails only where a spec says so. It starts with
/// the first message; books and effects balance when a spec ends.
/// </summary>
public abstract class OnePool : ActorSpecs
{
    protected static readonly TimeSpan WorkTime = TimeSpan.FromMilliseconds(100);
    readonly FakeTimeProvider time = new();
    readonly FaultBoard faults;
    protected WorkKnobs Knobs { get; set; } = WorkKnobs.From(KnobValues.Defaults(WorkKnobs.All)) with
    {
        FailureRate = 0,
        BaseLatency = WorkTime,
        MaxLatency = TimeSpan.Zero,
        Workers = 2,
        QueueLimit = 2,
    };
    readonly TestProbe asker;
    IActorRef? pool;

    protected OnePool()
    {
        asker = CreateTestProbe();
        faults = new FaultBoard(time);
        faults.Changed += () => pool?.Tell(FaultsChanged.Now);
    }

    protected long Calls { get; set; }

    protected IActorRef Pool => pool!;

    // What was told before is handled before
    protected void Put(params Fault[] set)
    {
        if (pool is not null)
            Settle();
        faults.Put(set);
    }

    protected void Start()
    {
        var (first, board, memory) = (Knobs, faults, new WorkMemory());
        var options = new PoolOptions(Names.ActorLane, "host", "incarnation");
        var books = new WorkBooks(new WorkMetrics(Metrics.WithCustomRegistry(Metrics.NewCustomRegistry()), Names.ActorLane));
        pool ??= Sys.ActorOf(Props.Create(() => new PoolActor(options, () => first, board, books, memory, time)), "pool");
    }

    protected void Tune(WorkKnobs now)
    {
        Knobs = now;
        Start();
        Tell(now);
    }

    protected void Send(params string[] ids)
    {
        foreach (var id in ids)
            SendWithin(60_000, id);
    }

    protected void SendWithin(double budgetMs, string id)
    {
        Start();
        Tell(new DoWork(++Calls, id, 1, budgetMs, NowMs, "sender", null));
    }

    protected void Tell(object message) => pool!.Tell(message, TestActor);

    // Moves time only when every actor has handled what it was told: has set its timers, and reads the clock no more. An actor
    // that reads it while it moves calls the due timers itself, as late as it likes; a tick of the watchdog that is a second
    // late looks as if this process had been paused.
    protected void Elapse(double milliseconds)
    {
        Settle();
        for (var left = milliseconds; left > 0; left -= 500)
        {
            time.Advance(TimeSpan.FromMilliseconds(Math.Min(left, 500)));
            Settle();
        }
    }

    /// <summary>The whole process stands still: everything that was due meanwhile comes at once.</summary>
    protected void Pause(double milliseconds)
    {
        Settle();
        time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        Settle();
    }

    protected void Settle()
    {
        Look();
        var workers = ((ActorRefWithCell)pool!).Children.ToList();
        foreach (var worker in workers)
            worker.Tell(new Identify(null), asker);
        asker.ReceiveN(workers.Count);
        Look();
    }

    protected double NowMs => time.GetTimestamp() * 1000.0 / time.TimestampFrequency;

    protected void Nothing() => ExpectNoMsg(TimeSpan.Zero);

    protected static (long, WorkOutcome) Got(WorkAnswer answer) => (answer.CallId, answer.Outcome);

    protected PoolSnapshot Look()
    {
        pool!.Tell(TinyResilient.ServiceB.Pool.Look.Now, asker);
        return asker.ExpectMsg<PoolSnapshot>();
    }

    protected void Balances()
    {
        var ledger = Look().Ledger;
        Assert.Equal(ledger.Received, ledger.Refused + ledger.Expired + ledger.Completed + ledger.Failed
            + ledger.Crashed + ledger.Hung + ledger.Waiting + ledger.Running);
    }
}
