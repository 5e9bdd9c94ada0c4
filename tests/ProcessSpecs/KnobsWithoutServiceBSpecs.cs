using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace ProcessSpecs;

/// <summary>What can still be turned on ServiceA alone, and by whom.</summary>
public sealed class KnobsWithoutServiceBSpecs(ITestOutputHelper screen)
{
    [Fact]
    public async Task A_knob_of_service_b_cannot_be_turned_and_nothing_changes_while_it_is_down()
    {
        using var pair = new Pair(screen, ("CONTROL_TOKEN", "secret"));
        pair.StartA();
        await Pair.Readiness(pair.ClientA, 503);
        var (a, token) = (pair.ClientA, ("Authorization", "Bearer secret"));

        var refused = await a.Patch("""{"FAILURE_RATE":0.1,"MAX_RETRIES":0}""", token);
        Assert.Equal((503, true), (refused.Status, refused.IsProblem));
        Assert.Equal(2, (int)await a.Knob("MAX_RETRIES"));

        foreach (var wrong in new[] { "Bearer secreT", "Bearer ", "secret", "Basic secret" })
            Assert.Equal(401, (await a.Patch("""{"MAX_RETRIES":0}""", ("Authorization", wrong))).Status);
        Assert.Equal(401, (await a.Patch("""{"MAX_RETRIES":0}""")).Status);
        Assert.Equal(401, (await a.Post("/reset")).Status);
        Assert.Equal(2, (int)await a.Knob("MAX_RETRIES"));

        Assert.Equal(200, (await a.Patch("""{"MAX_RETRIES":0}""", token)).Status);
        Assert.Equal(0, (int)await a.Knob("MAX_RETRIES"));
        Assert.DoesNotContain("secret", pair.A.Output, StringComparison.OrdinalIgnoreCase);
    }
}
