using TinyResilient.Lab.Virtual;
using Xunit;

namespace Specs.Lab.Virtual;

public class ChildSpecs
{
    static readonly TimeSpan patience = TimeSpan.FromMilliseconds(1);

    [Fact]
    public void A_world_whose_clock_stands_still_is_not_waited_for() =>
        Assert.False(Child.Moves(() => 42, new TaskCompletionSource().Task, patience));

    [Fact]
    public void A_world_whose_clock_moves_is_waited_for_to_its_end()
    {
        var (now, work) = (0L, new TaskCompletionSource());
        Assert.True(Child.Moves(() =>
        {
            if (++now == 100)
                work.SetResult();
            return now;
        }, work.Task, patience));
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
