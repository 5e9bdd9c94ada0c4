using TinyResilient.Lab.Virtual;
using Xunit;

namespace Specs.Lab.Virtual;

public class ChildSpecs
{
    static readonly TimeSpan patience = TimeSpan.FromMilliseconds(1);

    [Theory]
    [InlineData(0, 1)] // blocked
    [InlineData(1_000, 1)] // an instant that never ends
    [InlineData(10, 99)] // the same, beside others
    public void A_world_whose_clock_stands_still_is_not_waited_for(int usedUs, int looks)
    {
        var used = 0;
        Assert.False(Child.Moves(() => 42, () => TimeSpan.FromMicroseconds(usedUs * used++), new TaskCompletionSource().Task, patience));
        Assert.Equal(looks + 2, used);
    }

    [Fact]
    public void A_world_that_gets_little_of_a_full_machine_is_waited_for()
    {
        var (looks, work) = (0, new TaskCompletionSource());
        Assert.True(Child.Moves(() => 42, () =>
        {
            if (++looks == 90)
                work.SetResult();
            return TimeSpan.FromMicroseconds(10 * looks);
        }, work.Task, patience));
    }

    [Fact]
    public void A_world_whose_clock_moves_is_waited_for_to_its_end()
    {
        var (now, work) = (0L, new TaskCompletionSource());
        Assert.True(Child.Moves(() =>
        {
            if (++now == 100)
                work.SetResult();
            return now;
        }, () => TimeSpan.Zero, work.Task, patience));
    }

    [Fact]
    public void A_pool_of_several_threads_is_refused_before_any_order_is_read()
    {
        if (Environment.ProcessorCount == 1)
            return; // there it may be, and would be that of all specs
        using var errors = new StringWriter();
        Assert.Equal(1, Child.Run(TextReader.Null, TextWriter.Null, errors));
        Assert.Equal("this system does not let a process have one thread in its pool, which virtual time needs: run with --real", errors.ToString().Trim());
    }
}
