using TinyResilient.Lab.Model;
using TinyResilient.Lab.Theory;
using Xunit;
using static Specs.Lab.Agreement;

namespace Specs.Lab;

public class HangTheorySpecs
{
    [Fact]
    public void Workers_go_one_by_one_and_none_twice()
    {
        Assert.Equal(8, Hang.Alive(8, 0.01, 0), 12);
        Assert.Equal(8 - 0.01, Hang.Alive(8, 0.01, 1), 12);
        Assert.Equal(6, Hang.Alive(8, 1 - 1e-15, 2), 9);
        Assert.Equal(0, Hang.Alive(8, 0.5, 10_000), 12);
    }

    [Fact]
    public void Half_are_gone_after_W_over_2_lambda_h_as_the_idle_ones_take_all_the_work()
    {
        var half = Hang.HalfLife(64, 0.01, 100);
        Assert.Equal(32, half, 12);
        Assert.Equal(32, Hang.Alive(64, 0.01, (int)(half * 100)), 2);
        Assert.Equal(Math.Log(2) * 2, Hang.HalfLifeDealtBlindly(64, 0.01, 100) / half, 12);
    }

    [Fact]
    public void Agrees_with_the_model_on_when_nothing_succeeds_any_more()
    {
        var settings = new ModelSettings(new(100, 10), ServiceTime.Fixed(0.001))
        {
            Pool = new(4),
            Faults = new(Hang: 0.01),
            Policy = new(0, 0.5),
        };
        var curve = ModelBand.Curve(settings, 150, run => run.Curve(100));
        for (var bin = 0; bin < 8; bin++)
            Agrees(Enumerable.Range(100 * bin, 100).Average(k => 0.99 * Hang.AnyAlive(4, 0.01, k)), curve[bin]);
    }
}

public class CrashTheorySpecs
{
    [Fact]
    public void Availability_is_time_to_failure_over_time_to_failure_and_repair()
    {
        Assert.Equal(0.99, Crash.Availability(99, 1), 12);
        Assert.Equal(80, Crash.MeanTimeToFailure(workers: 8, arrivals: 100, probability: 0.001), 12);
    }

    [Theory]
    [InlineData(true, 0.0277)]
    [InlineData(false, 0.13648)]
    public void A_worker_that_answers_before_its_restart_saves_its_caller_the_timeout(bool answers, double mean)
    {
        var settings = new ModelSettings(new(100, 20, Poisson: true), ServiceTime.Fixed(0.02))
        {
            Pool = new(200, AnswerBeforeRestart: answers, Restart: 0.5),
            Faults = new(Crash: 0.1),
            Policy = new(2, BackoffBase: 0.05, BackoffMax: 0.05, Jitter: ModelJitter.None),
        };
        var theory = Crash.MeanLatency(0.1, 3, service: 0.02, timeout: 1, pause: 0.05, answers);

        Assert.Equal(mean, theory, 4);
        Agrees(theory, ModelBand.Of(settings, 10, run => run.Requests.Average(request => request.Latency)));
    }

    [Theory]
    [InlineData(0, 15)]
    [InlineData(1, 5)]
    public void Retries_multiply_the_crashes_of_a_query_of_death_unless_it_is_quarantined(int quarantine, double down)
    {
        var settings = new ModelSettings(new(100, 20), ServiceTime.Fixed(0.02))
        {
            Pool = new(64, Restart: 1, QuarantineAfter: quarantine),
            Faults = new(QueryOfDeath: 0.05),
        };
        Assert.Equal(down, QueryOfDeath.WorkersDown(0.05, quarantine == 0 ? 3 : quarantine, 100, 1, 64), 12);
        Agrees(down, ModelBand.Of(settings, 20, run => run.Counts.Restarts / 20.0));
    }

    [Fact]
    public void No_more_workers_are_down_than_there_are() =>
        Assert.Equal(8, QueryOfDeath.WorkersDown(0.5, 3, 100, 1, 8));
}

public class OtherWorkerTheorySpecs
{
    [Theory]
    [InlineData(100, 0.02, 0.0639)]
    [InlineData(100, 0.03, 0.1909)]
    [InlineData(0, 3, 3)]
    public void The_wait_for_a_gap_grows_exponentially(double arrivals, double rest, double expected) =>
        Assert.Equal(expected, NeedsRest.MeanSecondsSick(arrivals, rest), 4);

    [Fact]
    public void The_wait_for_a_gap_agrees_with_the_model()
    {
        var settings = new ModelSettings(new(100, 20, Poisson: true, 400), ServiceTime.Fixed(0.00001))
        {
            Pool = new(1, Supervision: ModelSupervision.Resume),
            Faults = new() { NeedsRest = new(1, 0.02) },
            Policy = new(0),
        };
        Agrees(NeedsRest.MeanSecondsSick(100, 0.02), ModelBand.Of(settings, 300, run =>
            run.Requests[run.Requests.Skip(1).TakeWhile(request => !request.Succeeded).Count()].End + 0.02
                - run.Requests[0].End));
    }

    [Fact]
    public void A_pool_shrinks_as_fast_as_constructors_fail()
    {
        Assert.Equal(Hang.Alive(8, 0.005, 400), CrashLoop.Alive(8, 0.01, 0.5, 400), 12);
        Assert.Equal(8, CrashLoop.Alive(8, 0.01, 0, 400), 12);
    }

    [Fact]
    public void While_any_worker_is_left_that_can_carry_the_load_only_crashes_fail()
    {
        var success = CrashLoop.Success(8, crash: 0.03, constructorFailure: 0.5, load: 1, requests: 400, well: 100);

        Assert.Equal(1, success[99], 12);
        Assert.Equal(0.97, success[100], 12);
        Assert.Equal(0.97 * Hang.AnyAlive(8, 0.015, 299), success[399], 12);
        Assert.Equal(0.97, CrashLoop.Success(8, 0.03, 0, 1, 400, 0)[399], 12);
    }

    [Fact]
    public void Workers_that_cannot_carry_the_load_serve_their_share_of_it() =>
        Assert.Equal([0.4, 0.4], CrashLoop.Success(2, 0, 0.5, load: 5, requests: 2, well: 0).Select(share => Math.Round(share, 12)));

    [Fact]
    public void A_backoff_bounds_what_a_crash_loop_costs()
    {
        Assert.Equal(10_000, CrashLoop.FailuresPerSecond(0.0001, 0), 6);
        Assert.Equal(0.999, CrashLoop.FailuresPerSecond(0.001, 1), 3);
        Assert.Equal(5, CrashLoop.FailuresWithin(3, 0, 0.2, 1)); // at 0, .2, .6, 1.4, 2.4, and 3.4 is too late
    }

    [Fact]
    public void What_a_killed_process_loses_grows_with_the_time_until_it_is_noticed()
    {
        Assert.Equal(2, NodeDeath.Lost(100, 0.02, 0), 12);
        Assert.Equal(302, NodeDeath.Lost(100, 0.02, 3), 12);
    }
}
