using TinyResilient.ServiceA.Gateway;
using TinyResilient.Shared.Hosting;
using Xunit;

namespace Specs.ServiceA;

public class RetryBudgetSpecs
{
    static readonly Proportion tenth = new(RetryBudget.Requests, 0.1);
    readonly RetryBudget budget = new();

    [Fact]
    public void Without_a_rule_every_retry_is_allowed() =>
        Assert.All(Enumerable.Range(0, 1_000), _ => Assert.True(budget.TryTake(Proportion.None, 0)));

    [Fact]
    public void Retries_are_at_most_their_share_of_the_requests()
    {
        Request(times: 25);
        Assert.Equal(2, Taken(tenth, nowMs: 0, tries: 100));
    }

    [Fact]
    public void Retries_are_at_most_their_share_of_the_successes()
    {
        Request(times: 100);
        var half = new Proportion(RetryBudget.Successes, 0.5);
        Assert.Equal(0, Taken(half, nowMs: 0, tries: 100));
        for (var n = 0; n < 6; n++)
            budget.Succeeded(0);
        Assert.Equal(3, Taken(half, nowMs: 0, tries: 100));
    }

    [Fact]
    public void What_is_older_than_ten_seconds_counts_no_more_neither_requests_nor_retries()
    {
        Request(times: 100);
        Assert.Equal(10, Taken(tenth, nowMs: 0, tries: 100));
        Assert.Equal(0, Taken(tenth, nowMs: 9_999, tries: 100));
        Assert.Equal(0, Taken(tenth, nowMs: 10_000, tries: 100));
        Request(times: 50, nowMs: 10_000);
        Assert.Equal(5, Taken(tenth, nowMs: 10_000, tries: 100));
    }

    [Fact]
    public void A_share_of_1_doubles_the_load_at_most_and_0_allows_none()
    {
        Request(times: 7);
        Assert.Equal(0, Taken(new Proportion(RetryBudget.Requests, 0), nowMs: 0, tries: 10));
        Assert.Equal(7, Taken(new Proportion(RetryBudget.Requests, 1), nowMs: 0, tries: 10));
    }

    void Request(int times, double nowMs = 0)
    {
        for (var n = 0; n < times; n++)
            budget.Requested(nowMs);
    }

    int Taken(Proportion rule, double nowMs, int tries) => Enumerable.Range(0, tries).Count(_ => budget.TryTake(rule, nowMs));
}
