using Akka.Actor;
using Akka.Event;
using Microsoft.Extensions.Time.Testing;
using TinyResilient.Shared.Hosting;
using Xunit;

namespace Specs.Hosting;

public class TimedAskSpecs : ActorSpecs
{
    static readonly TimeSpan limit = TimeSpan.FromMilliseconds(103.6);
    readonly FakeTimeProvider time = new();

    [Fact]
    public async Task Its_limit_is_on_its_own_clock_in_whole_milliseconds_as_that_of_every_other_timer()
    {
        var asked = TestActor.AskWithin<string>("?", limit, time);
        ExpectMsg("?");
        time.Advance(TimeSpan.FromMilliseconds(102.9));
        Assert.False(asked.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(0.1));
        await Assert.ThrowsAsync<AskTimeoutException>(() => asked);
    }

    [Fact]
    public async Task An_answer_in_time_is_the_result_whatever_the_clock_does_then()
    {
        var asked = TestActor.AskWithin<string>("?", limit, time);
        ExpectMsg("?");
        LastSender.Tell("!");
        Assert.Equal("!", await asked);
        time.Advance(limit);
        Assert.Equal("!", await asked);
    }

    [Fact]
    public async Task An_answer_that_comes_too_late_is_a_dead_letter_and_so_are_others_after_the_first()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        var asked = TestActor.AskWithin<string>("?", limit, time);
        ExpectMsg("?");
        var asker = LastSender;
        time.Advance(limit);
        await Assert.ThrowsAsync<AskTimeoutException>(() => asked);
        await Becomes(() =>
        {
            asker.Tell("late");
            return ReceiveOne(TimeSpan.FromMilliseconds(50)) is DeadLetter { Message: "late" };
        });
    }
}
