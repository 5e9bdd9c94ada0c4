using Akka.Actor;
using Microsoft.Extensions.Time.Testing;
using TinyResilient.ServiceA;
using TinyResilient.ServiceA.Gateway;
using TinyResilient.Shared.Hosting;
using Xunit;

namespace Specs.ServiceA;

// The gateway actor with call paths that end when a spec says so.
public class GatewaySpecs : ActorSpecs
{
    static readonly GatewayKnobs knobs = GatewayKnobs.From(KnobValues.Defaults(GatewayKnobs.All), "actor");
    readonly Dictionary<string, TaskCompletionSource<CallResult>> calls = [];
    readonly PendingCalls pending = new();
    readonly IActorRef gateway;

    public GatewaySpecs() => gateway = Sys.ActorOf(Props.Create(() => new GatewayActor(Go, pending)));

    [Fact]
    public void Each_request_gets_its_own_answer_in_whatever_order_they_end()
    {
        Send("a");
        Send("b");
        End("b");
        Assert.Equal("b", ExpectMsg<CallResult>().Note);
        End("a");
        Assert.Equal("a", ExpectMsg<CallResult>().Note);
        Await(() => pending.Count == 0);
    }

    [Fact]
    public void More_than_may_be_in_flight_are_refused()
    {
        Send("a", knobs with { MaxInFlight = 1 });
        Send("b", knobs with { MaxInFlight = 1 });
        Assert.Equal(("failure: too many requests in flight", RequestOutcome.Refused), Got(ExpectMsg<CallResult>()));
        End("a");
        Assert.Equal("a", ExpectMsg<CallResult>().Note);
        Send("c", knobs with { MaxInFlight = 1 });
        End("c");
        Assert.Equal("c", ExpectMsg<CallResult>().Note);
    }

    [Fact]
    public void A_restart_loses_no_request_neither_those_in_flight_nor_the_one_that_caused_it_nor_those_behind_it()
    {
        Send("in flight");
        Send("bug");
        Send("behind");
        Assert.Equal(("failure: gateway error", RequestOutcome.Failed), Got(ExpectMsg<CallResult>()));
        End("in flight");
        End("behind");
        Assert.Equal(["behind", "in flight"], ReceiveN(2).Cast<CallResult>().Select(result => result.Note).Order());
        ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void A_call_that_fails_by_a_bug_is_answered_as_well()
    {
        Send("a");
        EventFilter.Exception<InvalidOperationException>().ExpectOne(() =>
            Started("a").SetException(new InvalidOperationException()));
        Assert.Equal(("failure: gateway error", RequestOutcome.Failed), Got(ExpectMsg<CallResult>()));
    }

    [Fact]
    public void Once_closed_it_refuses_and_still_answers_what_it_has()
    {
        Send("a");
        gateway.Tell(GatewayActor.Close.Now);
        Send("b");
        Assert.Equal(("failure: shutting down", RequestOutcome.Refused), Got(ExpectMsg<CallResult>()));
        End("a");
        Assert.Equal("a", ExpectMsg<CallResult>().Note);
    }

    [Fact]
    public async Task An_answer_that_is_late_because_the_process_stood_still_is_no_bug()
    {
        var time = new FakeTimeProvider();
        using var pauses = new PauseMeter(time);
        var answer = new GatewayAsk(() => gateway, time, pauses).Carry(new Call("a", null, knobs, default));
        var started = Started("a");
        time.Advance(knobs.TotalTimeout + GatewayAsk.Backstop);
        Run(time, GatewayAsk.Backstop);
        started.SetResult(new CallResult(RequestOutcome.TimedOut, "a", 1, null, []));
        Assert.Equal(("a", RequestOutcome.TimedOut), Got(await answer));
    }

    [Fact]
    public async Task A_gateway_that_never_answers_is_a_bug_once_the_process_has_run_for_longer_than_that()
    {
        var time = new FakeTimeProvider();
        using var pauses = new PauseMeter(time);
        var answer = new GatewayAsk(() => gateway, time, pauses).Carry(new Call("a", null, knobs, default));
        time.Advance(TimeSpan.FromMinutes(1));
        Run(time, knobs.TotalTimeout);
        Assert.False(answer.IsCompleted);
        Run(time, GatewayAsk.Backstop);
        Assert.Equal(("failure: gateway error", RequestOutcome.Failed), Got(await answer));
    }

    static void Run(FakeTimeProvider time, TimeSpan span)
    {
        for (var left = span; left > TimeSpan.Zero; left -= PauseMeter.Period)
            time.Advance(PauseMeter.Period);
    }

    Task<CallResult> Go(Call call)
    {
        if (call.Id == "bug") throw new InvalidOperationException();
        lock (calls)
            return (calls[call.Id] = new TaskCompletionSource<CallResult>()).Task;
    }

    void Send(string id, GatewayKnobs? with = null) =>
        gateway.Tell(new Call(id, null, with ?? knobs, CancellationToken.None), TestActor);

    void End(string id) => Started(id).SetResult(new CallResult(RequestOutcome.Succeeded, id, 1, null, []));

    TaskCompletionSource<CallResult> Started(string id)
    {
        TaskCompletionSource<CallResult>? call = null;
        Await(() =>
        {
            lock (calls) return calls.TryGetValue(id, out call);
        });
        return call!;
    }

    static (string, RequestOutcome) Got(CallResult result) => (result.Note, result.Outcome);

    void Await(Func<bool> fact) => Soon(() => Assert.True(fact()));
}
