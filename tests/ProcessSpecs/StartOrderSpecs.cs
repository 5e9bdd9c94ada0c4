using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace ProcessSpecs;

/// <summary>Either service may be started first.</summary>
public sealed class StartOrderSpecs(ITestOutputHelper screen) : IDisposable
{
    readonly Pair pair = new(screen, ("FAILURE_RATE", "0"), ("MAX_LATENCY_MS", "0"));

    public void Dispose() => pair.Dispose();

    [Fact]
    public async Task Service_a_alone_refuses_at_once_and_connects_by_itself_when_service_b_comes()
    {
        pair.StartA();
        await Pair.Readiness(pair.ClientA, 503);
        var refused = await pair.ClientA.Process("1");
        Assert.Equal((503, "failure: service-b unavailable", 0), (refused.Status, refused.Note, refused.Attempts));
        Assert.NotNull(refused.RetryAfter);
        Assert.Equal("1", refused.RequestId);

        pair.StartB();
        await Pair.IsReady(pair.ClientA);
        Assert.Equal(200, (await pair.ClientA.Process("2")).Status);
    }

    [Fact]
    public async Task Service_b_alone_is_ready_and_service_a_finds_it()
    {
        pair.StartB();
        await Pair.IsReady(pair.ClientB);

        pair.StartA();
        await Pair.IsReady(pair.ClientA);
        Assert.Equal(200, (await pair.ClientA.Process("1")).Status);
    }
}
