using System.Runtime.InteropServices;
using Microsoft.Extensions.Time.Testing;
using TinyResilient.Lab.Processes;
using Xunit;

namespace Specs.Lab;

/// <summary>What signals mean to a command that ends in order: the first is a wish, the second an order.</summary>
public class StopSignalsSpecs
{
    readonly FakeTimeProvider time = new();

    [Fact]
    public void The_first_signal_asks_and_decides_the_exit_code()
    {
        using var stop = new StopSignals(time);
        stop.Take(new(PosixSignal.SIGTERM));
        Assert.True(stop.Asked.IsCancellationRequested);
        Assert.False(stop.AskedTwice.IsCancellationRequested);
        Assert.Equal(0, stop.Code);
    }

    [Fact]
    public void The_same_signal_again_at_once_is_its_echo_and_later_the_second()
    {
        using var stop = new StopSignals(time);
        stop.Take(new(PosixSignal.SIGINT));
        stop.Take(new(PosixSignal.SIGINT));
        Assert.False(stop.AskedTwice.IsCancellationRequested);
        time.Advance(TimeSpan.FromMilliseconds(201));
        stop.Take(new(PosixSignal.SIGINT));
        Assert.True(stop.AskedTwice.IsCancellationRequested);
        Assert.Equal(130, stop.Code);
    }

    /// <summary>The runtime tells of each signal on a thread of its own; here the other one comes while the first is being taken.</summary>
    [Fact]
    public void Of_two_signals_at_the_same_instant_one_is_the_second()
    {
        var clock = new InterruptingClock();
        using var stop = new StopSignals(clock);
        clock.Interrupt = () => stop.Take(new(PosixSignal.SIGINT));
        stop.Take(new(PosixSignal.SIGTERM));
        Assert.True(stop.AskedTwice.IsCancellationRequested);
        Assert.Equal(130, stop.Code);
    }

    sealed class InterruptingClock : TimeProvider
    {
        public Action? Interrupt { get; set; }

        public override long GetTimestamp()
        {
            var interrupt = Interrupt;
            Interrupt = null;
            interrupt?.Invoke();
            return base.GetTimestamp();
        }
    }
}
