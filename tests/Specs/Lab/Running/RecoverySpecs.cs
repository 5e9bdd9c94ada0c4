using TinyResilient.Lab.Running;
using Xunit;

namespace Specs.Lab.Running;

public class RecoverySpecs
{
    const double PerSecond = 20;

    [Theory]
    [InlineData(3, 0)] // nothing fails after the fault
    [InlineData(5, 2)]
    public void Is_from_the_end_of_the_fault_to_the_first_success_from_which_on_each_second_has_95_percent(double failsUntil, double seconds) =>
        Assert.Equal(seconds, Recovery.After(3, Run(due => due >= failsUntil))!.Value, 6);

    [Theory]
    [InlineData(7.02, 0)]   // one of twenty may fail
    [InlineData(7.07, 4.1)] // two may not
    public void Allows_5_percent_of_a_second(double failsUntil, double seconds) =>
        Assert.Equal(seconds, Recovery.After(3, Run(due => due < 6.98 || due >= failsUntil))!.Value, 6);

    [Fact]
    public void Does_not_count_what_recovers_only_for_a_while() =>
        Assert.Equal(5, Recovery.After(3, Run(due => due is < 2 or (>= 4 and < 6) or >= 8))!.Value, 6);

    [Fact]
    public void Is_none_while_the_last_second_is_bad() => Assert.Null(Recovery.After(3, Run(due => due < 9.5)));

    [Fact]
    public void Is_none_where_no_whole_second_follows() => Assert.Null(Recovery.After(9.5, Run(_ => true)));

    static Fate[] Run(Func<double, bool> ok) =>
        [.. Enumerable.Range(0, (int)(10 * PerSecond)).Select(index => new Fate(index / PerSecond, 0, ok(index / PerSecond), 1, false))];
}
