using TinyResilient.Lab.Model;
using TinyResilient.Lab.Theory;
using Xunit;
using static Specs.Lab.Agreement;

namespace Specs.Lab;

public class ModelSpecs
{
    static ModelSettings Errors(double f, int retries) => new(new(100, 20), ServiceTime.Fixed(0.02))
    {
        Faults = new(Error: f),
        Policy = new(retries),
    };

    [Fact]
    public void Independent_errors_agree_with_the_formula()
    {
        Agrees(0.973, ModelBand.Of(Errors(0.3, 2), 50, run => run.Success));
        Agrees(1.39, ModelBand.Of(Errors(0.3, 2), 50, run => run.AttemptsPerRequest));
    }

    [Fact]
    public void The_same_seed_gives_the_same_run_and_another_seed_another()
    {
        var settings = Errors(0.3, 2) with { Work = ServiceTime.Exponential(0.02) };

        Assert.Equal(Simulator.Run(settings, 7).Requests, Simulator.Run(settings, 7).Requests);
        Assert.NotEqual(Simulator.Run(settings, 7).Requests, Simulator.Run(settings, 8).Requests);
    }

    [Fact]
    public void Two_arms_of_one_seed_meet_the_same_fate_at_their_first_attempts()
    {
        var none = Simulator.Run(Errors(0.3, 0), 1).Requests;
        var two = Simulator.Run(Errors(0.3, 2), 1).Requests;

        Assert.Equal(none.Select(request => request.Succeeded), two.Select(request => request.Attempts == 1));
    }

    [Fact]
    public void A_breaker_of_consecutive_failures_turns_70_percent_into_47()
    {
        var settings = Errors(0.3, 0) with
        {
            Arrivals = new(100, 200, Poisson: true),
            Work = ServiceTime.Fixed(0.0001),
            Policy = new(0) { Breaker = new(5, 2) },
        };
        Agrees(0.471, ModelBand.Of(settings, 10, run => run.Success));
    }

    [Fact]
    public void Corrupt_workers_spread_as_the_chain_says()
    {
        (int, ModelSupervision)[] arms =
            [(0, ModelSupervision.Resume), (2, ModelSupervision.Resume), (0, ModelSupervision.Restart)];
        foreach (var (retries, supervision) in arms)
        {
            var settings = new ModelSettings(new(100, 20, Poisson: true, 2_000), ServiceTime.Fixed(0.02))
            {
                Pool = new(8, Supervision: supervision),
                Faults = new(Corrupt: 0.01),
                Policy = new(retries),
            };
            var chain = CorruptChain.Success(8, 0.01, retries, supervision == ModelSupervision.Restart, 2_000);
            var curve = ModelBand.Curve(settings, 200, run => run.Curve(200));

            Assert.Equal(10, curve.Length);
            for (var bin = 0; bin < curve.Length; bin++)
                Agrees(chain.Skip(200 * bin).Take(200).Average(), curve[bin]);
        }
    }

    [Fact]
    public void What_is_silent_or_outside_of_the_worker_is_not_cured_and_a_fresh_object_is_immune()
    {
        double Success(ModelSupervision supervision, bool silent, bool external) => ModelBand.Of(
            new(new(100, 20), ServiceTime.Fixed(0.02))
            {
                Pool = new(8, Supervision: supervision),
                Faults = new(Corrupt: 0.01, Silent: silent, External: external),
                Policy = new(0),
            }, 20, run => run.Success).Mean;

        Assert.InRange(Success(ModelSupervision.Restart, false, false), 0.98, 1);
        Assert.InRange(Success(ModelSupervision.Restart, true, false), 0, 0.5);
        Assert.InRange(Success(ModelSupervision.Restart, false, true), 0, 0.5);
        Assert.Equal(1, Success(ModelSupervision.Fresh, false, false));
    }

    [Fact]
    public void A_corrupt_worker_that_fails_at_once_is_back_sooner_and_takes_more_than_its_share()
    {
        double Success(bool fast) => ModelBand.Of(
            new(new(300, 4), ServiceTime.Fixed(0.02))
            {
                Pool = new(8, Supervision: ModelSupervision.Resume),
                Faults = new(Corrupt: 0.01, Fast: fast),
                Policy = new(0),
            }, 50, run => run.Success).Mean;

        Assert.InRange(Success(true), 0, Success(false) - 0.05);
    }

    [Fact]
    public void One_bad_node_of_five_costs_8_percent_until_a_retry_goes_elsewhere()
    {
        ModelSettings OneBad(int retries, RetryNode where) => new(new(100, 20), ServiceTime.Fixed(0.02))
        {
            Nodes = new(5, 0.4, where),
            Policy = new(retries),
        };
        Agrees(0.92, ModelBand.Of(OneBad(0, RetryNode.InTurn), 50, run => run.Success));
        Agrees(1 - 0.08 * 0.08, ModelBand.Of(OneBad(1, RetryNode.Random), 50, run => run.Success));
        Assert.Equal(1, ModelBand.Of(OneBad(1, RetryNode.Other), 50, run => run.Success).Mean);
    }

    [Fact]
    public void Lost_acknowledgements_cost_11_copies_per_100_successes_unless_work_is_idempotent()
    {
        var settings = Errors(0, 2) with { Faults = new(AckLost: 0.1) };
        static double Duplicates(ModelRun run) =>
            (double)run.Counts.Duplicates / run.Requests.Count(request => request.Succeeded);

        Agrees(0.1101, ModelBand.Of(settings, 50, Duplicates));
        Assert.Equal(0, ModelBand.Of(settings with { Pool = new(Idempotency: true) }, 5, Duplicates).Mean);
    }

    [Fact]
    public void Waiting_and_blocking_are_those_of_Erlang()
    {
        var settings = new ModelSettings(new(80, 500, Poisson: true), ServiceTime.Exponential(0.1))
        {
            Pool = new(10, 100_000, DeadlinePropagation: false),
            Policy = new(0, 20, 20),
        };
        // Erlang's tables: C(10, 8) = .4092, B(10, 8) = .1217
        Agrees(0.1 + 0.40918 * 0.1 / 2, ModelBand.Of(settings, 20,
            run => run.Requests.Average(request => request.Latency)));
        Agrees(0.12166, ModelBand.Of(settings with { Pool = new(10, 0) }, 20,
            run => (double)run.Counts.Busy / run.Requests.Count));
    }

    [Fact]
    public void A_hedge_cuts_the_tail_to_the_product_of_two_tails()
    {
        var settings = new ModelSettings(new(100, 20), ServiceTime.Exponential(0.1))
        {
            Pool = new(1_000),
            Policy = new(0, 60, 60, HedgeAfter: 0.3),
        };
        Agrees(Math.Exp(-5 - 2), ModelBand.Of(settings, 100,
            run => (double)run.Requests.Count(request => request.Latency > 0.5) / run.Requests.Count));
        Agrees(Math.Exp(-3), ModelBand.Of(settings, 100, run => (double)run.Counts.Hedges / run.Requests.Count));
    }

    [Fact]
    public void Hung_workers_are_lost_until_a_watchdog_replaces_them()
    {
        ModelSettings Hanging(double watchdog) => new(new(100, 20), ServiceTime.Fixed(0.02))
        {
            Pool = new(8, HangAfter: watchdog),
            Faults = new(Hang: 0.02),
            Policy = new(0, 0.5),
        };
        Assert.InRange(ModelBand.Of(Hanging(0), 20, run => run.Success).Mean, 0.1, 0.4); // 8 of about 400
        Assert.InRange(ModelBand.Of(Hanging(0.5), 20, run => run.Success).Mean, 0.97, 0.985);
    }

    [Fact]
    public void Every_request_ends_and_every_attempt_is_counted_under_all_faults_at_once()
    {
        var settings = new ModelSettings(new(200, 20, Poisson: true), ServiceTime.Uniform(0.03, 0.8))
        {
            Pool = new(30, 20, Restart: 0.2, AnswerBeforeRestart: false, HangAfter: 2, QuarantineAfter: 2),
            Faults = new(0.05, 0.01, 0.02, 0.01, QueryOfDeath: 0.01, AckLost: 0.02)
            {
                Burst = new(0, 0.5, 1, 5),
                Stall = new(5, 2),
                NeedsRest = new(0.01, 0.5),
            },
            Nodes = new(3, 0.2, RetryNode.Other),
            Policy = new(3, HedgeAfter: 0.5) { Breaker = new(5, 1), Budget = new(0.2, OfSuccesses: true) },
        };
        var run = Simulator.Run(settings, 1);

        Assert.All(run.Requests, request => Assert.InRange(request.Latency, 0, 10));
        Assert.Equal(run.Counts.Attempts, run.Requests.Sum(request => request.Attempts));
        Assert.Equal(run.Counts.Attempts, run.Sent.Count);
        Assert.InRange(run.Requests.Select(request => request.Outcome).Distinct().Count(), 4, 9);
    }
}
