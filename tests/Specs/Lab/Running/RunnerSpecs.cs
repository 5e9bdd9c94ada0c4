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
