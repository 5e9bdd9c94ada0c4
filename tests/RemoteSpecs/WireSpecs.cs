using Akka.Actor;
using TinyResilient.Shared.Messages;
using Xunit;

namespace RemoteSpecs;

public sealed class WireSpecs : PairSpecs
{
    static readonly DoWork Work = new(7, "id-1", 2, 800.5, 123.25, "sender", "00-trace-01");

    public static TheoryData<object> Records =>
    [
        new Probe(),
        new Probed("incarnation", "host-b", Accepting: false),
        Work,
        Work with { TraceParent = null },
        .. Enum.GetValues<WorkOutcome>().Select(outcome => new WorkAnswer(7, outcome, "host-b", 12.5, 3, "slow")),
        new WorkAnswer(long.MaxValue, WorkOutcome.Busy, "host-b"),
        // the largest, of letters that take most bytes: no message is larger than a frame
        new Probed(Letters(255), Letters(255), Accepting: true),
        new DoWork(long.MaxValue, new('i', 64), int.MaxValue, 1e12, 1e12, Letters(255), new('t', 128)),
        new WorkAnswer(long.MinValue, WorkOutcome.Draining, Letters(255), 1e12, int.MaxValue, Letters(64)),
    ];

    [Theory]
    [MemberData(nameof(Records))]
    public async Task A_record_arrives_as_it_was_sent(object record)
    {
        A.PoolAt(B.Address).Tell(record);
        Assert.Equal(record, await B.Received.First(_ => true));
    }

    [Fact]
    public async Task A_request_is_answered_by_a_record()
    {
        var answer = await A.PoolAt(B.Address).Ask<WorkAnswer>(Work, TimeSpan.FromSeconds(30));
        Assert.Equal(new WorkAnswer(7, WorkOutcome.Hung, "host-b", 12.5, 3, "slow"), answer);
    }

    [Fact]
    public async Task An_exception_as_answer_is_refused_where_it_is_sent()
    {
        var broken = Work with { RequestId = StandInPool.AnswerByException };
        await Assert.ThrowsAsync<AskTimeoutException>(() =>
            A.PoolAt(B.Address).Ask<WorkAnswer>(broken, TimeSpan.FromMilliseconds(500)));
        await IsLoggedOnce("Serialization failed: refused a message (Failure)");
    }

    [Fact]
    public async Task A_message_that_is_too_large_is_refused_where_it_is_sent()
    {
        A.PoolAt(B.Address).Tell(Work with { TraceParent = new string('x', 40_000) });
        await A.Log.First(line => line.Contains("Discarding oversized payload", StringComparison.Ordinal));
        await GoodPeerIsStillServed();
    }

    [Fact]
    public async Task Watching_a_remote_actor_is_refused_where_it_is_asked()
    {
        var found = new TaskCompletionSource<(Probed, IActorRef Pool)>();
        A.PoolAt(B.Address).Tell(new Probe(), A.System.ActorOf(Props.Create(() => new Finder(found))));
        var (_, pool) = await found.Task.WaitAsync(TimeSpan.FromSeconds(30));
        A.System.ActorOf(Props.Create(() => new Watcher(pool)));
        await A.Log.First(line => line.Contains("refused a message (Watch)", StringComparison.Ordinal));
        await GoodPeerIsStillServed();
    }

    static string Letters(int length) => new('\u2028', length);

    sealed class Watcher : ReceiveActor
    {
        public Watcher(IActorRef watched) => Context.Watch(watched);
    }
}
