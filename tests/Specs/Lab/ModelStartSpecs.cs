using TinyResilient.Lab.Model;
using Xunit;
using static Specs.Lab.Agreement;

namespace Specs.Lab;

/// <summary>What a prediction begins with, and what changes while it lasts.</summary>
public class ModelStartSpecs
{
    static readonly ModelSettings calm = new(new(100, 20), ServiceTime.Fixed(0.001)) { Policy = new(0) };

    static double[] Curve(ModelSettings settings) => Simulator.Run(settings, 1).Curve(1, settings.Arrivals.Seconds);

    [Fact]
    public void A_fault_begins_and_ends_in_its_phase()
    {
        var curve = Curve(calm with
        {
            Later = [new(5, new(Error: 1), calm.Work), new(12, new(), calm.Work)],
        });
        Assert.All(curve[..5], success => Assert.Equal(1, success));
        Assert.All(curve[5..12], success => Assert.Equal(0, success));
        Assert.All(curve[12..], success => Assert.Equal(1, success));
    }

    [Fact]
    public void Work_takes_longer_in_a_phase_of_its_own()
    {
        var run = Simulator.Run(calm with { Later = [new(10, new(), ServiceTime.Fixed(0.2))] }, 1);
        Assert.All(run.Requests, request => Assert.Equal(request.Start < 10 ? 0.001 : 0.2, request.Latency, 9));
    }

    [Fact]
    public void What_a_fault_has_spoilt_stays_so_when_the_fault_is_gone()
    {
        var curve = Curve(calm with
        {
            Pool = new(4, Supervision: ModelSupervision.Resume),
            Faults = new(Corrupt: 1),
            Later = [new(1, new(), calm.Work)],
        });
        Assert.All(curve[1..], success => Assert.Equal(0, success));
    }

    [Theory]
    [InlineData(nameof(ModelSupervision.Resume), 0.75)]
    [InlineData(nameof(ModelSupervision.Restart), 0.9)] // two of the first eight of twenty
    public void Begins_with_so_many_corrupt_workers(string supervision, double success)
    {
        var settings = calm with
        {
            Arrivals = new(10, supervision == nameof(ModelSupervision.Resume) ? 4 : 2),
            Pool = new(8, Supervision: Enum.Parse<ModelSupervision>(supervision)),
            Start = new(Sick: 2),
        };
        Assert.Equal(success, Simulator.Run(settings, 1).Success, 9);
    }

    [Fact]
    public void Begins_with_an_open_breaker_and_a_probe_closes_it()
    {
        var curve = Curve(calm with { Policy = new(0) { Breaker = new(5, 5) }, Start = new(Open: 3) });
        Assert.All(curve[..3], success => Assert.Equal(0, success));
        Assert.All(curve[3..], success => Assert.Equal(1, success));
    }

    [Fact]
    public void A_burst_that_has_just_begun_begins_with_a_good_time()
    {
        var burst = new BurstFault(0, 1, Mean: 5, Gap: 5, Age: 0);
        double InTheFirstSecond(BurstFault one) => ModelBand.Of(calm with { Faults = new() { Burst = one } }, 200, run => run.Curve(1, 20)[0]).Mean;

        Assert.InRange(InTheFirstSecond(burst), 0.85, 0.95); // 1 - the mean of e^(-t/5) over the first second
        Assert.InRange(InTheFirstSecond(burst with { Age = double.PositiveInfinity }), 0.4, 0.6);
    }

    [Fact]
    public void A_share_of_the_work_takes_the_one_time_and_the_rest_the_other()
    {
        var mixed = ServiceTime.Mixed(0.2, ServiceTime.Fixed(1), ServiceTime.Uniform(0, 0.1));
        Agrees(0.2, ModelBand.Of(new(new(100, 20), mixed) { Pool = new(1_000), Policy = new(0, 5) }, 50,
            run => (double)run.Requests.Count(request => request.Latency > 0.5) / run.Requests.Count));
        Assert.Equal(0.24, mixed.Mean, 9);
    }

    [Fact]
    public void More_requests_than_may_be_in_flight_are_refused()
    {
        var run = Simulator.Run(calm with { Work = ServiceTime.Fixed(0.1), Policy = new(0, MaxInFlight: 4) }, 1);
        Assert.Equal(4, MostAtOnce(run.Requests.Where(request => request.Attempts > 0).ToList()));
        Assert.All(run.Requests.Where(request => request.Attempts == 0), request => Assert.Equal(ModelOutcome.Busy, request.Outcome));
        Assert.InRange(run.Success, 0.35, 0.45);

        static int MostAtOnce(List<ModelRequest> all) =>
            all.Max(one => all.Count(other => other.Start <= one.Start && other.End > one.Start));
    }

    [Fact]
    public void The_watchdog_replaces_a_worker_whose_work_is_only_long()
    {
        var run = Simulator.Run(calm with { Work = ServiceTime.Fixed(0.5), Pool = new(HangAfter: 0.2), Policy = new(0, 5) }, 1);
        Assert.All(run.Requests, request => Assert.Equal((ModelOutcome.Crashed, 0.2), (request.Outcome, Math.Round(request.Latency, 9))));
        Assert.Equal(run.Requests.Count, run.Counts.Restarts);
    }

    [Fact]
    public void A_hedge_is_paid_for_from_the_budget_as_a_retry_is()
    {
        var run = Simulator.Run(calm with
        {
            Work = ServiceTime.Fixed(0.2),
            Policy = new(0, HedgeAfter: 0.1) { Budget = new(0.1, OfSuccesses: false) },
        }, 1);
        Assert.InRange((double)run.Counts.Hedges / run.Requests.Count, 0.08, 0.1001);
    }

    [Fact]
    public void A_run_that_is_stopped_ends_at_the_next_request()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => Simulator.Run(calm, 1, stop.Token));
    }
}
