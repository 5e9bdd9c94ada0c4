using System.Collections.Concurrent;
using TinyResilient.Lab.Results;
using TinyResilient.Lab.Running;
using TinyResilient.Lab.Scenarios;
using Xunit;

namespace Specs.Lab.Running;

public class RunnerSpecs
{
    readonly ConcurrentQueue<string> said = [];
    int opened;

    [Fact]
    public async Task Services_that_do_not_start_end_the_run_with_one_line_and_no_further_scenario_is_begun()
    {
        var runner = Runner((_, _) => throw new RunFailedException("service-b is not ready"));

        Assert.Empty(await runner.RunAsync(Plan, CancellationToken.None));

        Assert.Equal("errors: service-b is not ready", runner.Failure);
        Assert.Equal(1, opened);
        Assert.Empty(runner.Unjudged);
    }

    [Fact]
    public async Task A_stop_is_no_failure()
    {
        using var stop = new CancellationTokenSource();
        var runner = Runner((_, token) =>
        {
            stop.Cancel();
            return Task.FromCanceled<Bench>(token);
        });

        Assert.Empty(await runner.RunAsync(Plan, stop.Token));

        Assert.Null(runner.Failure);
        Assert.Equal(["errors: making services ready", "errors: stopped"], said);
    }

    [Theory]
    [InlineData("errors", 3)]
    [InlineData("metastable", 1)]
    public async Task Services_are_started_for_as_many_arms_as_run_at_the_same_time(string scenario, int benches)
    {
        using var http = new HttpClient();
        var runner = Runner((_, _) => Task.FromResult<Bench>(ProcessBench.Attach(nobody, [nobody], http, TimeProvider.System)));

        Assert.Empty(await runner.RunAsync(PlanOf(3, scenario), CancellationToken.None));

        Assert.Equal(benches, opened);
    }

    [Fact]
    public async Task Runs_stand_in_the_order_of_their_seeds_whichever_was_done_first()
    {
        var second = new ConcurrentDictionary<string, TaskCompletionSource>();
        var result = Assert.Single(await Run(seeds: [1, 2], async (scenario, arm, seed) =>
        {
            var done = second.GetOrAdd($"{scenario.Name} {arm.Name}", name => new());
            if (seed == 1)
                await done.Task;
            await Task.Yield();
            if (seed == 2)
                _ = Task.Run(done.SetResult, CancellationToken.None);
        }, "burst"));
        Assert.All(result.Arms, arm => Assert.Equal(
            [(1L, Lane.Actor), (1, Lane.Http), (2, Lane.Actor), (2, Lane.Http)], arm.Runs.Select(run => (run.Seed, run.Lane))));
    }

    [Fact]
    public async Task In_virtual_time_a_scenario_begins_beside_the_last_arms_of_the_one_before()
    {
        var next = new TaskCompletionSource();
        var results = await Run(seeds: [1], (scenario, _, _) =>
        {
            if (scenario.Name == "errors")
                next.TrySetResult();
            return next.Task;
        }, "burst", "errors");
        Assert.Equal(["burst", "errors"], results.Select(result => result.Name));
    }

    [Fact]
    public async Task What_ends_one_scenario_ends_the_one_beside_it_and_is_told_once()
    {
        var runner = Runner(new Measured((scenario, _, _) => scenario.Name == "errors"
            ? throw new RunFailedException("its process has ended") : new TaskCompletionSource().Task));
        Assert.Empty(await runner.RunAsync(PlanOf(6, "burst", "errors") with { IsExact = true }, CancellationToken.None));
        Assert.Equal("errors: its process has ended", runner.Failure);
        Assert.DoesNotContain(said, line => line.EndsWith("stopped", StringComparison.Ordinal));
    }

    Task<IReadOnlyList<ScenarioResult>> Run(long[] seeds, Func<Scenario, Arm, long, Task> until, params string[] names) =>
        Runner(new Measured(until)).RunAsync(PlanOf(6, names) with { Seeds = seeds, IsExact = true }, CancellationToken.None);

    /// <summary>Every arm is measured when somebody says so.</summary>
    sealed class Measured(Func<Scenario, Arm, long, Task> until) : IBenches
    {
        static readonly string[] measures = [.. typeof(Measure).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetValue(null)!)];

        public string Words => "";

        public double EstimateS(RunPlan plan) => 0;

        public Task<int> OpenAsync(RunPlan plan, Scenario scenario, Values values, CancellationToken stop) => Task.FromResult(plan.Benches);

        public Task<IReadOnlyDictionary<string, double>> CapacityAsync(Scenario scenario, Values values, CancellationToken stop) =>
            Task.FromResult<IReadOnlyDictionary<string, double>>(new Dictionary<string, double>());

        public async Task<IReadOnlyList<LaneRun>> RunAsync(
            int bench, Scenario scenario, Values values, Arm arm, long seed, CancellationToken stop)
        {
            await until(scenario, arm, seed).WaitAsync(stop);
            return [.. arm.Lanes.Select(lane => new LaneRun(
                lane, seed, measures.ToDictionary(measure => measure, _ => 0.5), [.. Enumerable.Repeat(0.5, RequestCourse.Slices)], "", null, ""))];
        }

        public Task LeaveAsync() => Task.CompletedTask;
    }

    static readonly Uri nobody = new("http://127.0.0.1:1");

    static RunPlan Plan => PlanOf(1, "errors", "corrupt");

    static RunPlan PlanOf(int benches, params string[] names) => new([.. names.Select(name => Catalogue.Find(name)!)
        .Select(scenario => (scenario, Values.Of(scenario, [], [])))], [1], benches);

    Runner Runner(Func<int, CancellationToken, Task<Bench>> open) => Runner(new Benches((nodes, stop) =>
    {
        opened++;
        return open(nodes, stop);
    }, "", TimeProvider.System, said.Enqueue));

    Runner Runner(IBenches benches) => new(benches, TimeProvider.System, said.Enqueue, CancellationToken.None);
}
