using TinyResilient.Shared.Hosting.Remoting;
using Xunit;

namespace RemoteSpecs;

public sealed class LogLimitSpecs
{
    readonly LogLimit _limit = new();

    [Fact]
    public void Admits_the_first_of_a_kind_and_counts_the_rest()
    {
        Assert.True(_limit.Admits("kind", "first"));
        Assert.False(_limit.Admits("kind", "second"));
        Assert.False(_limit.Admits("kind", "third"));
        Assert.True(_limit.Admits("other kind", "first"));
        Assert.Equal([new LogLimit.Suppressed("first", 2)], _limit.Close());
    }

    [Fact]
    public void Begins_anew_in_the_next_window()
    {
        _limit.Admits("kind", "first");
        _limit.Close();
        Assert.True(_limit.Admits("kind", "second"));
        Assert.Empty(_limit.Close());
    }

    [Fact]
    public void Holds_however_many_kinds_there_are()
    {
        Assert.InRange(Enumerable.Range(0, 10_000).Count(number => _limit.Admits($"kind {number}", "line")), 1, 100);
        Assert.Equal(10_000 - 65, _limit.Close().Sum(kind => kind.Count));
    }
}
