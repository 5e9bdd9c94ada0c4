using Microsoft.Extensions.Time.Testing;
using TinyResilient.Lab.Stage;
using Xunit;

namespace Specs.Lab.Stage;

public class EventLogSpecs
{
    readonly FakeTimeProvider time = new(DateTimeOffset.FromUnixTimeMilliseconds(5_000));
    readonly EventLog log;

    public EventLogSpecs() => log = new(new StageClock(time));

    [Fact]
    public void Keeps_the_newest_200_numbered_without_gaps()
    {
        for (var number = 1; number <= 205; number++)
            log.Add(EventKind.Knob, null, $"{number}");
        Assert.Equal(Enumerable.Range(6, 200).Select(seq => (long)seq), log.Newest().Select(one => one.Seq));
        Assert.Equal(["204", "205"], log.Newest(2).Select(one => one.Text));
    }

    [Fact]
    public void A_mark_is_an_event_too_and_has_its_time()
    {
        time.Advance(TimeSpan.FromSeconds(1.5));
        log.Mark("here it broke");
        Assert.Equal([new Mark(6_500, "here it broke")], log.Marks);
        Assert.Equal([new StageEvent(1, 6_500, EventKind.Mark, null, "here it broke")], log.Newest());
    }

    [Fact]
    public void The_clock_of_the_stage_never_goes_back()
    {
        var machine = new SetClock { Ms = 5_000 };
        var clock = new StageClock(machine);
        (machine.Ms, machine.Ticks) = (1_000, 2 * machine.TimestampFrequency);
        Assert.Equal(7_000, clock.NowMs);
    }

    // A machine whose clock somebody sets
    sealed class SetClock : TimeProvider
    {
        public long Ms { get; set; }
        public long Ticks { get; set; }

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(Ms);

        public override long GetTimestamp() => Ticks;
    }
}
