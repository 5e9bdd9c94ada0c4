using System.Text.Json;
using TinyResilient.Lab.Stage;
using Xunit;

namespace Specs.Lab.Stage;

public class ActChoiceSpecs
{
    static (ActChoice? Choice, string Errors) Read(string json)
    {
        var choice = ActChoice.Read(JsonDocument.Parse(json).RootElement, out var errors);
        return (choice, $"{errors}");
    }

    [Theory]
    [InlineData("""{"scenario":"corrupt","arm":"retries, restarted"}""", "corrupt", "retries, restarted")]
    [InlineData("""{"scenario":"S7","arm":null}""", "corrupt", null)]
    [InlineData("""{"scenario":"poison-message"}""", "query-of-death", null)]
    public void A_scenario_by_any_of_its_names_and_one_arm_or_all(string json, string scenario, string? arm) =>
        Assert.Equal((scenario, arm), (Read(json).Choice!.Scenario.Name, Read(json).Choice!.Arm));

    [Theory]
    [InlineData("""{"scenario":"corupt"}""", "corupt is no scenario; did you mean corrupt?")]
    [InlineData("""{"scenario":"corrupt","arm":"retries, restart"}""", "retries, restart is no arm of corrupt; did you mean retries, restarted?")]
    [InlineData("""{"scenario":"errors","arm":"gremlins"}""", "gremlins is no arm of errors; there are ")]
    [InlineData("""{"arm":null}""", "is missing")]
    [InlineData("""{"scenario":7}""", "must be a text")]
    [InlineData("""{"scenario":"corrupt","seed":7}""", "is not a field")]
    public void What_is_wrong_is_named_with_what_is_nearest(string json, string error)
    {
        Assert.Null(Read(json).Choice);
        Assert.Contains(error, Read(json).Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"scenario":"node-death"}""", "node-death cannot be an act: it kills a ServiceB process, and these services were not started for it; tiny run node-death can")]
    [InlineData("""{"scenario":"one-bad-node"}""", "one-bad-node cannot be an act: it needs 5 ServiceB processes, and these services were not started for it; tiny run one-bad-node can")]
    [InlineData("""{"scenario":"corrupt","arm":"liveness probe restarts the process"}""",
        "liveness probe restarts the process cannot be an act: it kills a ServiceB process, and these services were not started for it; tiny run corrupt can")]
    [InlineData("""{"scenario":"corrupt"}""", null)]
    public void What_needs_processes_of_its_own_is_refused_with_the_reason(string json, string? obstacle) =>
        Assert.Equal(obstacle, Read(json).Choice!.Obstacle);
}
