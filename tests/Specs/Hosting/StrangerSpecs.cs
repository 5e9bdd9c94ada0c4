using Microsoft.AspNetCore.Builder;
using ProcessSpecs.Harness;
using TinyResilient.Shared.Hosting;
using Xunit;

namespace Specs.Hosting;

/// <summary>Somebody listens where ServiceB should be, and tries on others what ServiceA sends it.</summary>
public sealed class StrangerSpecs
{
    const string Token = "s3cret";

    [Fact]
    public async Task Is_sent_nothing_that_opens_anything_else()
    {
        await using var stranger = new StandIn(Answer);
        var settings = Samples.Settings(("CONTROL_TOKEN", Token));
        using var client = new KnobClient(
            "service-b", stranger.Url, settings.ControlToken, TimeProvider.System, Samples.NonsenseLog(),
            KnobClient.NewHandler())
        {
            Limit = Samples.Patience,
        };
        var store = Samples.Store();
        await using var a = await InMemoryService.Start(app =>
        {
            app.MapKnobs(Samples.Store([]), "A", () => [client]);
            TinyResilient.ServiceA.FaultEndpoints.MapFaults(app, () => [client]);
        }, settings with { Name = "service-a" });
        await using var b = await InMemoryService.Start(app => app.MapKnobs(store, "B"), settings);
        var (before, bearer) = (store.Current, ("Authorization", $"Bearer {Token}"));

        Assert.Equal(200, (await a.Get("/knobs", bearer)).Status);
        Assert.Equal(200, (await a.Get("/faults", bearer)).Status);
        Assert.Equal(200, (await a.Send(HttpMethod.Patch, "/knobs", """{"FAILURE_RATE":0.6}""", bearer)).Status);
        Assert.Equal(200, (await a.Send(HttpMethod.Put, "/faults", "[]", bearer)).Status);
        Assert.Null(await UpstreamKnobs.Reset([client], default));

        Assert.Equal(["PATCH", "PATCH", "POST", "PUT", "PUT"],
            stranger.Requests.Select(sent => sent.Method).Where(method => method != "GET").Order());
        foreach (var sent in stranger.Requests)
        {
            Assert.DoesNotContain(Token, sent.Text, StringComparison.Ordinal);
            if (sent.Header("Authorization") is not { } proof)
                continue;
            foreach (var service in (InMemoryService[])[a, b])
                foreach (var host in (string[])[sent.Header("Host")!, "localhost:8001"])
                    Assert.Equal(401, (await service.Send(new(sent.Method), sent.Target,
                        sent.Body is "" ? null : sent.Body, ("Authorization", proof), ("Host", host))).Status);
        }
        Assert.Same(before, store.Current);
    }

    static byte[] Answer(string request) => request.Split(' ') switch
    {
        ["POST", ..] or [_, "/knobs?validate=true" or "/faults?validate=true", _] => StandIn.Reply(204, ""),
        [_, "/faults", _] => StandIn.Reply(200, "[]"),
        _ => StandIn.Reply(200, StandIn.Knobs),
    };
}
