using TinyResilient.ServiceB;
using TinyResilient.ServiceB.Faults;
using TinyResilient.Shared.Messages;
using Xunit;

namespace Specs.ServiceB;

public class FaultSpecs
{
    const int Many = 10_000;
    static readonly TimeSpan workTime = TimeSpan.FromMilliseconds(100);
    static readonly WorkPlan usual = new(workTime);

    public static TheoryData<string, double> Rates
    {
        get
        {
            var rows = new TheoryData<string, double>();
            foreach (var kind in (string[])["Error", "Slow", "Hang", "Crash", "Corrupt", "Silent", "NeedsRest", "AckLost", "QueryOfDeath", "Burst"])
                foreach (var rate in (double[])[0, 0.01, 0.3, 1])
                    rows.Add(kind, rate);
            return rows;
        }
    }

    [Theory, MemberData(nameof(Rates))]
    public void A_fault_hits_its_share_of_the_attempts(string kind, double rate)
    {
        var fault = Of(Enum.Parse<FaultKind>(kind)) with
        {
            Probability = rate,
            Share = rate,
            Good = rate,
            Bad = rate,
        };
        var set = new FaultSet([fault], TimeSpan.Zero);
        InBand(Enumerable.Range(0, Many).Count(n => set.Strike(usual, Meets(n), TimeSpan.Zero).Fault == fault.Name), rate);
    }

    [Theory, InlineData(0), InlineData(0.3), InlineData(1)]
    public void An_external_fault_spoils_by_its_share_one_slot_for_each_worker(double rate)
    {
        var set = new FaultSet([Of(FaultKind.External) with { Probability = rate }], TimeSpan.Zero);
        var workers = Enumerable.Range(0, 5_000).ToList();
        foreach (var worker in workers)
            Assert.Equal(Ending.Done, set.Strike(usual, Meets(worker) with { Worker = worker }, TimeSpan.Zero).Ending);
        var spoilt = workers.Count(worker => set.SpoiltStore(Names.ActorLane, worker) is not null);
        InBand(spoilt, rate, workers.Count);
        Assert.Equal(spoilt, workers.Count(worker =>
            set.Strike(usual, Meets(-1) with { Worker = worker, Number = 9 }, TimeSpan.Zero).Ending == Ending.Failed
            && set.SpoiltStore(Names.ActorLane, worker) is not null));
        Assert.All(workers, worker => Assert.Null(set.SpoiltStore(Names.HttpLane, worker)));
    }

    [Theory, InlineData(0), InlineData(0.3), InlineData(1)]
    public void A_constructor_fails_by_its_share(double rate)
    {
        var set = new FaultSet([Of(FaultKind.CrashLoop) with { Probability = rate }], TimeSpan.Zero);
        InBand(Enumerable.Range(0, Many).Count(_ =>
            set.BreaksConstructor(Names.ActorLane, 0, 42, TimeSpan.Zero) is not null), rate);
    }

    [Fact]
    public void The_constructors_of_one_lane_draw_the_same_whatever_the_other_makes_meanwhile()
    {
        var set = new FaultSet([Of(FaultKind.CrashLoop) with { Probability = 0.5 }], TimeSpan.Zero);
        bool Breaks(string lane) => set.BreaksConstructor(lane, 0, 42, TimeSpan.Zero) is not null;
        List<bool> http = [], actor = [];
        for (var n = 0; n < 64; n++)
        {
            http.Add(Breaks(Names.HttpLane));
            if (n % 2 == 1) actor.Add(Breaks(Names.ActorLane));
        }
        while (actor.Count < http.Count) actor.Add(Breaks(Names.ActorLane));
        Assert.Equal(http, actor);
        Assert.Equal(2, http.Distinct().Count());
    }

    [Fact]
    public void A_drawn_latency_is_whole_hundredths_of_a_millisecond()
    {
        static bool IsWhole(TimeSpan length) => length.Ticks % (TimeSpan.TicksPerMillisecond / 100) == 0;
        var slow = new FaultSet([Of(FaultKind.Slow) with { Probability = 1, MedianMs = 100, Distribution = LatencyShape.Lognormal }], TimeSpan.Zero);
        var lengths = Enumerable.Range(0, 100).Select(n => slow.Strike(usual, Meets(n), TimeSpan.Zero).Duration).ToList();
        Assert.True(lengths.Distinct().Count() > 90);
        Assert.All(lengths, length => Assert.True(IsWhole(length), $"{length}"));
    }

    [Theory]
    [InlineData(FaultKind.Error, Ending.Failed)]
    [InlineData(FaultKind.Burst, Ending.Failed)]
    [InlineData(FaultKind.Outage, Ending.Failed)]
    [InlineData(FaultKind.FirstK, Ending.Failed)]
    [InlineData(FaultKind.Crash, Ending.Crashed)]
    [InlineData(FaultKind.QueryOfDeath, Ending.Crashed)]
    [InlineData(FaultKind.Hang, Ending.Never)]
    [InlineData(FaultKind.AckLost, Ending.Unheard)]
    [InlineData(FaultKind.Slow, Ending.Done)]
    [InlineData(FaultKind.Corrupt, Ending.Done)]
    [InlineData(FaultKind.Silent, Ending.Done)]
    [InlineData(FaultKind.External, Ending.Done)]
    [InlineData(FaultKind.NeedsRest, Ending.Done)]
    public void A_fault_ends_the_attempt_that_it_hits(FaultKind kind, Ending ending)
    {
        var set = new FaultSet([Of(kind) with { Share = 1, Good = 1 }], TimeSpan.Zero);
        var plan = set.Strike(usual, Meets(1), TimeSpan.Zero);
        Assert.Equal((ending, kind == FaultKind.Slow ? 200 : 100), (plan.Ending, plan.Duration.TotalMilliseconds));
    }

    [Fact]
    public void An_attempt_that_fails_takes_its_usual_time_unless_the_fault_is_fast()
    {
        var outage = Of(FaultKind.Outage);
        Assert.Equal(workTime, new FaultSet([outage], default).Strike(usual, Meets(1), default).Duration);
        var fast = new FaultSet([outage with { Fast = true }, Of(FaultKind.Slow)], default);
        Assert.Equal(TimeSpan.Zero, fast.Strike(usual, Meets(1), default).Duration);
    }

    [Fact]
    public void The_worse_of_two_endings_wins()
    {
        foreach (var faults in (Fault[][])[[Of(FaultKind.AckLost), Of(FaultKind.Crash)], [Of(FaultKind.Crash), Of(FaultKind.AckLost)]])
            Assert.Equal((Ending.Crashed, "crash"), EndOf(new FaultSet(faults, default).Strike(usual, Meets(1), default)));
    }

    [Fact]
    public void A_fault_strikes_in_its_lane_and_at_its_worker_only()
    {
        var set = new FaultSet([Of(FaultKind.Outage) with { Lane = FaultLane.Http, Worker = 3 }], default);
        bool Hits(string lane, int worker) =>
            set.Strike(usual, Meets(1) with { Lane = lane, Worker = worker }, default).Ending == Ending.Failed;
        Assert.Equal([true, false, false], (bool[])[Hits("http", 3), Hits("http", 2), Hits("actor", 3)]);
    }

    [Fact]
    public void A_fault_begins_after_from_s_and_lasts_for_s()
    {
        var put = TimeSpan.FromSeconds(1_000);
        var set = new FaultSet([Of(FaultKind.Outage) with { FromSeconds = 5, ForSeconds = 2 }, Of(FaultKind.AckLost)], put);
        bool Hits(double second) => set.Strike(usual, Meets(1), put + TimeSpan.FromSeconds(second)).Ending == Ending.Failed;
        Assert.Equal([false, false, true, true, false], Enumerable.Select<double, bool>([0, 4.999, 5, 6.999, 7], Hits));
        Assert.Equal([false, true], set.Shown(put).Select(one => one.IsActive));
        Assert.Equal([true, true], set.Shown(put + TimeSpan.FromSeconds(5)).Select(one => one.IsActive));
    }

    [Fact]
    public void The_same_attempt_meets_the_same_fault_in_either_lane_at_any_time_and_worker()
    {
        var fault = Of(FaultKind.Error) with { Probability = 0.5 };
        var (one, other) = (new FaultSet([fault], default), new FaultSet([fault], default));
        Assert.All(Enumerable.Range(0, 100), n => Assert.Equal(
            one.Strike(usual, Meets(n), default),
            other.Strike(usual, Meets(n) with { Lane = Names.HttpLane, Worker = 7 }, TimeSpan.FromHours(1))));
    }

    [Fact]
    public void Two_faults_of_a_kind_draw_apart_and_apart_from_FAILURE_RATE()
    {
        var two = Enumerable.Select<string, FaultSet>(["error", "error#2"], name => new FaultSet([new Fault(FaultKind.Error, name) { Probability = 0.5 }], default));
        var hits = two.Select(set => Hits(n => set.Strike(usual, Meets(n), default))).ToList();
        var knobs = WorkKnobs.From(TinyResilient.Shared.Hosting.KnobValues.Defaults(WorkKnobs.All)) with { FailureRate = 0.5, Seed = 42 };
        hits.Add(Hits(n => FaultModel.Plan(knobs, $"42-{n}", 1)));
        foreach (var (first, second) in ((int, int)[])[(0, 1), (0, 2), (1, 2)])
            InBand(hits[first].Intersect(hits[second]).Count(), 0.25);
    }

    [Fact]
    public void Every_attempt_of_a_deadly_request_is_deadly()
    {
        var set = new FaultSet([Of(FaultKind.QueryOfDeath) with { Share = 0.5 }], default);
        Assert.All(Enumerable.Range(0, 100), n => Assert.Equal(
            set.Strike(usual, Meets(n), default).Ending, set.Strike(usual, Meets(n) with { Number = 2 }, default).Ending));
    }

    [Fact]
    public void Exactly_the_first_k_attempts_fail()
    {
        var set = new FaultSet([Of(FaultKind.FirstK) with { K = 3 }], default);
        Assert.Equal([1, 2, 3], Enumerable.Range(1, 100).Where(n => set.Strike(usual, Meets(n), default).Ending == Ending.Failed));
    }

    [Fact]
    public void A_burst_is_bad_for_its_share_of_the_time_and_as_long_as_its_mean()
    {
        var fault = Of(FaultKind.Burst) with { MeanSeconds = 1, GapSeconds = 4, FromSeconds = 10 };
        var set = new FaultSet([fault], default);
        var bad = Enumerable.Range(0, 400_000)
            .Select(n => set.Strike(usual, Meets(n), TimeSpan.FromSeconds(10 + n * 0.1)).Ending == Ending.Failed).ToList();
        Assert.False(bad[0]);
        Assert.InRange(bad.Count(one => one) / 400_000.0, 0.19, 0.21); // 8,000 bursts: a standard error of 0.0025
        var starts = bad.Zip(bad.Skip(1), (before, after) => !before && after).Count(start => start);
        Assert.InRange(starts, 7_000, 8_200); // some fall between two looks
        var again = new FaultSet([fault], default);
        Assert.All((int[])[39_999, 5, 20_000], n =>
            Assert.Equal(bad[n], again.Strike(usual, Meets(n), TimeSpan.FromSeconds(10 + n * 0.1)).Ending == Ending.Failed));
    }

    [Theory]
    [InlineData(LatencyShape.Fixed, 200, 200, 200)]
    [InlineData(LatencyShape.Lognormal, 72.1, 200, 554.6)] // 200 e^(-+1.02), the 15.4 and 84.6 % points
    [InlineData(LatencyShape.Exponential, 48.2, 200, 539.9)]
    public void Slow_work_has_the_quantiles_of_its_distribution(LatencyShape shape, double low, double median, double high)
    {
        var set = new FaultSet([Of(FaultKind.Slow) with { Distribution = shape }], default);
        var sorted = Enumerable.Range(0, Many).Select(n => set.Strike(usual, Meets(n), default).Duration.TotalMilliseconds).Order().ToList();
        foreach (var (share, wanted) in ((double, double)[])[(0.154, low), (0.5, median), (0.846, high)])
            Assert.InRange(sorted[(int)(share * Many)], wanted * 0.94, wanted * 1.06);
    }

    [Fact]
    public void A_stall_ends_when_its_time_is_over()
    {
        var set = new FaultSet([Of(FaultKind.Stall) with { FromSeconds = 1, ForSeconds = 2, Lane = FaultLane.Actor }], default);
        bool Stalled(double second) => set.IsStalled(Names.ActorLane, TimeSpan.FromSeconds(second));
        Assert.Equal([false, true, true, false], Enumerable.Select<double, bool>([0, 1, 2.9, 3], Stalled));
        Assert.Equal(TimeSpan.FromSeconds(2), set.StallEnds(Names.ActorLane, TimeSpan.FromSeconds(1)));
        Assert.Null(set.StallEnds(Names.ActorLane, TimeSpan.FromSeconds(3)));
        Assert.False(set.IsStalled(Names.HttpLane, TimeSpan.FromSeconds(2)));
    }

    static Fault Of(FaultKind kind) => new(kind, TinyResilient.Shared.Hosting.Words.Word(kind))
    {
        Distribution = LatencyShape.Fixed,
    };

    static Attempt Meets(int n) => new(Names.ActorLane, 0, $"42-{n}", 1, 42);

    static List<int> Hits(Func<int, WorkPlan> plan) =>
        [.. Enumerable.Range(0, Many).Where(n => plan(n).Ending == Ending.Failed)];

    static (Ending, string?) EndOf(WorkPlan plan) => (plan.Ending, plan.Fault);

    // Four standard errors of a binomial: exact for 0 and 1
    static void InBand(int hits, double rate, int of = Many)
    {
        var width = 4 * Math.Sqrt(rate * (1 - rate) * of);
        Assert.InRange(hits, (int)(rate * of - width), (int)Math.Ceiling(rate * of + width));
    }
}

public class WorkerHealthSpecs
{
    static readonly WorkPlan usual = new(TimeSpan.FromMilliseconds(100));

    [Theory]
    [InlineData(FaultKind.Corrupt, Ending.Failed)]
    [InlineData(FaultKind.Silent, Ending.FailedQuietly)]
    [InlineData(FaultKind.NeedsRest, Ending.Failed)]
    public void The_attempt_that_spoils_succeeds_and_every_later_one_fails(FaultKind kind, Ending later)
    {
        var health = new WorkerHealth();
        var spoils = usual with { Spoils = new Fault(kind, "x") };
        Assert.Equal(Ending.Done, health.Meet(usual, At(0)).Ending);
        Assert.Equal(Ending.Done, health.Meet(spoils, At(100)).Ending);
        Assert.Equal(later, health.Meet(usual, At(200)).Ending);
        Assert.Equal((later, "x"), (health.Meet(spoils, At(300)).Ending, health.Sickness!.Name));
    }

    [Fact]
    public void A_worker_that_needs_rest_is_well_when_left_alone_and_each_request_restarts_its_rest()
    {
        var health = new WorkerHealth();
        health.Meet(usual with { Spoils = new Fault(FaultKind.NeedsRest, "needs_rest") { IdleSeconds = 1 } }, At(0));
        Assert.Equal(Ending.Failed, health.Meet(usual, At(1_099)).Ending); // ends at 1,199
        Assert.Equal(Ending.Failed, health.Meet(usual, At(2_198)).Ending); // ends at 2,298
        Assert.Equal(Ending.Done, health.Meet(usual, At(3_298)).Ending);
        Assert.Null(health.Sickness);
    }

    [Fact]
    public void A_sick_worker_fails_at_once_where_the_fault_is_fast()
    {
        var health = new WorkerHealth();
        health.Meet(usual with { Spoils = new Fault(FaultKind.Corrupt, "corrupt") { Fast = true } }, At(0));
        Assert.Equal(TimeSpan.Zero, health.Meet(usual, At(100)).Duration);
    }

    static TimeSpan At(double ms) => TimeSpan.FromMilliseconds(ms);
}
