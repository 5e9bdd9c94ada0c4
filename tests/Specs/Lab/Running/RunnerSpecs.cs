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

    static RunPlan Plan => new([.. ((string[])["errors", "corrupt"]).Select(name => Catalogue.Find(name)!)
        .Select(scenario => (scenario, Values.Of(scenario, [], [])))], [1], Benches: 1);

    Runner Runner(Func<int, CancellationToken, Task<Bench>> open) => new((nodes, stop) =>
    {
        opened++;
        return open(nodes, stop);
    }, TimeProvider.System, said.Add, CancellationToken.None);
}
