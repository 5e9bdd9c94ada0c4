using TinyResilient.Lab.Model;
using Xunit;

namespace Specs.Lab;

public class ModelPolicySpecs
{
    static readonly ModelSettings calm = new(new(100, 10), ServiceTime.Fixed(0.001));

    static ModelRun Run(ModelSettings settings) => Simulator.Run(settings, 1);

    [Theory]
    [InlineData(nameof(ModelJitter.None), 0.1, 0.1)]
    [InlineData(nameof(ModelJitter.Full), 0, 0.1)]
    [InlineData(nameof(ModelJitter.Equal), 0.05, 0.1)]
    [InlineData(nameof(ModelJitter.Decorrelated), 0.1, 0.3)]
    public void Jitter_spreads_the_pause_within_its_bounds_and_fills_them(string jitter, double low, double high)
    {
        var pauses = Run(calm with
        {
            Faults = new(Error: 1),
            Policy = new(1, BackoffBase: 0.1, Jitter: Enum.Parse<ModelJitter>(jitter)),
        }).Requests.Select(request => request.Latency - 0.002).ToList();

        var play = (high - low) / 50;
        Assert.InRange(pauses.Min(), low - 1e-9, low + play + 1e-9);
        Assert.InRange(pauses.Max(), high - play - 1e-9, high + 1e-9);
    }

    [Fact]
    public void Pauses_double_up_to_the_longest()
    {
        var run = Run(calm with
        {
            Faults = new(Error: 1),
            Policy = new(4, BackoffBase: 0.1, BackoffMax: 0.3, Jitter: ModelJitter.None),
        });
        Assert.All(run.Requests, request => Assert.Equal(0.1 + 0.2 + 0.3 + 0.3 + 0.005, request.Latency, 9));
    }

    [Fact]
    public void A_request_ends_by_its_total_deadline()
    {
        var run = Run(calm with
        {
            Pool = new(10_000),
            Faults = new(Hang: 1),
            Policy = new(10, 1, TotalTimeout: 2.5, BackoffBase: 0),
        });
        Assert.All(run.Requests, request =>
        {
            Assert.Equal(2.5, request.Latency, 9);
            Assert.Equal(3, request.Attempts);
            Assert.Equal(ModelOutcome.TimedOut, request.Outcome);
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Expired_work_is_dropped_where_the_deadline_travels_and_else_done_for_nobody(bool propagated)
    {
        var run = Run(new(new(20, 20), ServiceTime.Fixed(0.1))
        {
            Pool = new(1, 1_000, DeadlinePropagation: propagated),
            Policy = new(0, 0.45),
        });
        Assert.Equal(propagated, run.Counts.Expired > 100);
        Assert.Equal(propagated, run.Counts.Completed < 250);
        Assert.Equal(run.Counts.Attempts, run.Counts.Completed + run.Counts.Expired);
    }

    [Fact]
    public void A_worker_that_restarts_without_a_word_loses_its_work_and_its_caller_waits()
    {
        var run = Run(calm with
        {
            Pool = new(AnswerBeforeRestart: false),
            Faults = new(Crash: 0.1),
            Policy = new(0),
        });
        Assert.Equal(run.Counts.Restarts, run.Counts.Lost);
        Assert.Equal(run.Counts.Lost, run.Requests.Count(request => Math.Abs(request.Latency - 1) < 1e-9));
    }

    [Fact]
    public void A_crash_is_not_retried_where_it_must_not_be() =>
        Assert.All(
            Run(calm with { Faults = new(Crash: 1), Policy = new(RetryOnCrash: false) }).Requests,
            request => Assert.Equal((1, ModelOutcome.Crashed), (request.Attempts, request.Outcome)));

    [Fact]
    public void After_each_cool_down_one_probe_goes_through()
    {
        var run = Run(calm with
        {
            Work = ServiceTime.Fixed(0.2),
            Faults = new(Error: 1),
            Policy = new(0) { Breaker = new(5, 1) },
        });
        // 25 are under way when the fifth fails, after .24 s; then a probe every 1.2 s
        Assert.Equal(25 + 8, run.Counts.Attempts, 2.0);
        Assert.Equal(run.Requests.Count, run.Counts.Attempts
            + run.Requests.Count(request => request.Outcome == ModelOutcome.CircuitOpen));
    }

    [Theory]
    [InlineData(100, 0.6, true)]
    [InlineData(100, 0.3, false)]
    [InlineData(0.5, 0.6, false)] // too few calls to judge by
    public void A_ratio_breaker_opens_above_its_ratio_of_enough_calls(double rate, double f, bool opens)
    {
        var run = Run(calm with
        {
            Arrivals = new(rate, 60),
            Faults = new(Error: f),
            Policy = new(0) { Ratio = new(0.5, rate < 1 ? 10 : 50, 10, 5) },
        });
        Assert.Equal(opens, run.Counts.Trips > 0);
    }

    [Fact]
    public void A_copy_of_work_that_is_under_way_joins_it_where_work_is_idempotent()
    {
        ModelRun Slow(bool idempotent) => Run(calm with
        {
            Work = ServiceTime.Fixed(1.5),
            Pool = new(1_000, Idempotency: idempotent),
            Policy = new(2, BackoffBase: 0),
        });
        Assert.Equal(1, Slow(true).Success);
        Assert.Equal(Slow(true).Requests.Count, Slow(true).Counts.Completed);
        Assert.Equal(0, Slow(false).Success);
    }

    [Fact]
    public void Restarts_with_a_backoff_shrink_the_pool_while_they_last()
    {
        ModelRun Backoff(double restart) => Run(calm with
        {
            Pool = new(8, 0, Restart: restart),
            Faults = new(Error: 0.3),
            Policy = new(0),
        });
        Assert.Equal(0, Backoff(0).Counts.Busy);
        Assert.InRange(Backoff(1).Counts.Busy, 500, 1_000);
    }
}
