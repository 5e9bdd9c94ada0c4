using System.Collections.Concurrent;
using TinyResilient.Lab.Results;
using TinyResilient.Lab.Running;
using TinyResilient.Lab.Scenarios;
using Xunit;

namespace Specs.Lab.Running;

public class RunnerSpecs
{
    readonly List<string> said = [];
    int opened;

    [Fact]
    public async Task Services_that_do_not_start_end_the_run_with_one_line_and_no_further_scenario_is_begun()
    {
        var runner = Runner((_, _) => throw new RunFailedException("service-b is not ready"));

        Assert.Empty(await runner.RunAsync(Plan, CancellationToken.None));

        Assert.Equal("errors: service-b is not ready", runner.Failure);
        Assert.Equal(1, opened);
        Assert.Null(runner.Unjudged);
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
        var scenario = Catalogue.Find("burst")!;
        var values = Values.Of(scenario, [], []);
        var plan = new RunPlan([(scenario, values)], [1, 2], 6, IsExact: true);
        var runner = new Runner(new SecondSeedFirst(), TimeProvider.System, said.Add, CancellationToken.None);
        var result = Assert.Single(await runner.RunAsync(plan, CancellationToken.None));
        Assert.All(result.Arms, arm => Assert.Equal(
            [(1L, Lane.Actor), (1, Lane.Http), (2, Lane.Actor), (2, Lane.Http)], arm.Runs.Select(run => (run.Seed, run.Lane))));
    }

    /// <summary>As many benches as arms and seeds; an arm's first seed ends after its second.</summary>
    sealed class SecondSeedFirst : IBenches
    {
        static readonly string[] measures = [.. typeof(Measure).GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetValue(null)!)];
        readonly ConcurrentDictionary<string, TaskCompletionSource> second = [];

        public string Words => "";

        public double EstimateS(RunPlan plan) => 0;

        public Task<int> OpenAsync(RunPlan plan, Scenario scenario, Values values, CancellationToken stop) => Task.FromResult(plan.Benches);

        public Task<IReadOnlyDictionary<string, double>> CapacityAsync(Scenario scenario, Values values, CancellationToken stop) =>
            Task.FromResult<IReadOnlyDictionary<string, double>>(new Dictionary<string, double>());

        public async Task<IReadOnlyList<LaneRun>> RunAsync(
            int bench, Scenario scenario, Values values, Arm arm, long seed, CancellationToken stop)
        {
            var done = second.GetOrAdd(arm.Name, _ => new());
            if (seed == 1)
                await done.Task; // its own run is added after that of the second
            await Task.Yield();
            var runs = Of(arm, seed);
            if (seed == 2)
                _ = Task.Run(done.SetResult, stop);
            return runs;
        }

        static IReadOnlyList<LaneRun> Of(Arm arm, long seed)
        {
            return [.. arm.Lanes.Select(lane => new LaneRun(
                lane, seed, measures.ToDictionary(measure => measure, _ => 0.5), [.. Enumerable.Repeat(0.5, RequestCourse.Slices)], "", null, ""))];
        }

        public Task LeaveAsync() => Task.CompletedTask;
    }

    static readonly Uri nobody = new("http://127.0.0.1:1");

    static RunPlan Plan => PlanOf(1, "errors", "corrupt");

    static RunPlan PlanOf(int benches, params string[] names) => new([.. names.Select(name => Catalogue.Find(name)!)
        .Select(scenario => (scenario, Values.Of(scenario, [], [])))], [1], benches);

    Runner Runner(Func<int, CancellationToken, Task<Bench>> open) => new(new Benches((nodes, stop) =>
    {
        opened++;
        return open(nodes, stop);
    }, "", TimeProvider.System, said.Add), TimeProvider.System, said.Add, CancellationToken.None);
}
