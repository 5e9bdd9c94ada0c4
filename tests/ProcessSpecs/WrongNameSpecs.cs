using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace ProcessSpecs;

/// <summary>ServiceB is called by another name than the one it goes by, which remoting would pass over in silence.</summary>
public sealed class WrongNameSpecs(ITestOutputHelper screen)
{
    [Fact]
    public async Task Service_a_says_that_the_name_must_be_the_same_to_the_letter()
    {
        using var pair = new Pair(screen);
        pair.Tell("SERVICE_B", $"localhost:{pair.RemoteB}");
        pair.StartB();
        pair.StartA();
        await Pair.IsReady(pair.ClientB);

        await Until.Fact("it says so in its log", () => pair.A.Output.Contains(
            $"something answers at localhost:{pair.RemoteB}, but not to that name", StringComparison.Ordinal));
        var readiness = await Pair.Readiness(pair.ClientA, 503);
        Assert.Contains($"localhost:{pair.RemoteB}", readiness.Text, StringComparison.Ordinal);
        Assert.Equal("failure: service-b unavailable", (await pair.ClientA.Process("1")).Note);
    }
}
