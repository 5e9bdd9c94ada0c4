using System.Text.Json.Nodes;
using Xunit;

namespace ProcessSpecs.Harness;

/// <summary>Reads ledgers and checks that they balance.</summary>
static class Books
{
    static readonly string[] requestEnds = ["succeeded", "failed", "refused", "timed_out", "caller_gone", "in_flight"];
    static readonly string[] attemptEnds =
        ["refused", "expired", "completed", "failed", "crashed", "hung", "gone_with_node", "lost", "unsent", "in_flight"];
    static readonly string[] workEnds =
        ["refused", "expired", "completed", "failed", "crashed", "hung", "waiting", "running"];

    public static long Of(this JsonObject ledger, string entry) => (long)ledger[entry]!;

    /// <summary>ServiceA's requests, once none is in flight.</summary>
    public static Task<JsonObject> Requests(Client a, string lane = "actor") => Settled(a, lane, "requests", "sent", requestEnds, ["in_flight"]);

    /// <summary>ServiceA's attempts, once none is in flight.</summary>
    public static Task<JsonObject> Attempts(Client a, string lane = "actor") => Settled(a, lane, "attempts", "sent", attemptEnds, ["in_flight"]);

    /// <summary>ServiceB's work, once nothing is under way.</summary>
    public static Task<JsonObject> Work(Client b, string lane = "actor") => Settled(b, lane, "attempts", "received", workEnds, ["waiting", "running"]);

    /// <summary>Makes work last, and waits until it is under way: whoever is killed now takes some with him, on a busy machine too.</summary>
    public static async Task LongWork(Client b, string lane = "actor")
    {
        Assert.Equal(200, (await b.Patch("""{"BASE_LATENCY_MS":1500}""")).Status);
        var before = (await b.Ledger("attempts", lane)).Of("received");
        await Until.Fact("long work is under way", async () => (await b.Ledger("attempts", lane)).Of("received") > before);
    }

    static async Task<JsonObject> Settled(
        Client from, string lane, string part, string total, string[] ends, string[] underWay)
    {
        var ledger = await Until.Fact($"nothing under way in the ledger of {part}",
            () => from.Ledger(part, lane), seen => underWay.All(entry => seen.Of(entry) == 0));
        Assert.True(ledger.Of(total) == ends.Sum(ledger.Of), $"{part} do not balance: {ledger}");
        return ledger;
    }
}
