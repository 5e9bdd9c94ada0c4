using System.Text.Json.Nodes;
using TinyResilient.LoadTest;

namespace TinyResilient.Lab.Running;

/// <summary>
/// The ledgers of ServiceA and of every ServiceB for one lane, and whether they agree with each other and with the
/// client's own count.
/// </summary>
/// <param name="gateway">Null where a proxy was asked, which keeps no ledger.</param>
sealed class Books(JsonObject? gateway, IReadOnlyList<JsonObject> pools)
{
    static readonly string[] requestEnds = ["succeeded", "failed", "refused", "timed_out", "caller_gone", "in_flight"];
    static readonly string[] attemptEnds =
        ["refused", "expired", "completed", "failed", "crashed", "hung", "gone_with_node", "lost", "unsent", "in_flight"];
    static readonly string[] workEnds =
        ["refused", "expired", "completed", "failed", "crashed", "hung", "waiting", "running"];
    static readonly string[] begun = ["completed", "failed", "crashed", "hung", "running"];
    static readonly string[] answers = ["refused", "expired", "completed", "failed", "crashed", "hung"];

    public override string ToString() => $"{gateway?.ToJsonString()} {string.Join(' ', pools.Select(pool => pool.ToJsonString()))}";

    public bool HasGateway => gateway is not null;

    public long Request(string name) => Count(gateway?["requests"], name);

    public long Attempt(string name) => Count(gateway?["attempts"], name);

    public long Work(string name) => pools.Sum(pool => Count(pool["attempts"], name));

    public long Effect(string name) => pools.Sum(pool => Count(pool["effects"], name));

    /// <summary>Work that was done to its end, each time that it was; what shared the work of another attempt is none.</summary>
    public long Done => Effect("unique") + Effect("duplicate");

    /// <summary>
    /// Work that was done and became no success of a request. ServiceB's own <c>wasted</c> is less: it knows of no caller that gave
    /// up without a deadline, and of no hedge that lost.
    /// </summary>
    /// <param name="succeeded">Requests. More than was done: a ServiceB died with its books.</param>
    public long Wasted(long succeeded) => Math.Max(0, Done - succeeded);

    /// <summary>Work that a worker has taken, whatever became of it.</summary>
    public long Begun => begun.Sum(Work);

    /// <summary>The first sum that is wrong, or null.</summary>
    /// <param name="client">What the client counted; it must have got an answer to everything.</param>
    /// <param name="isKilled">Whether a ServiceB died with its books.</param>
    public string? Unbalanced(Tally client, bool isKilled) =>
        (HasGateway ? OfGateway() : null)
        ?? Sum("work of service-b", Work("received"), workEnds.Sum(Work))
        ?? (HasGateway ? Contradiction(client, isKilled) : Undone(client.Succeeded));

    string? OfGateway() =>
        Sum("requests of service-a", Request("sent"), requestEnds.Sum(Request))
        ?? Sum("attempts of service-a", Attempt("sent"), attemptEnds.Sum(Attempt));

    string? Contradiction(Tally client, bool isKilled) =>
        (client.NoAnswer > 0 ? null : Equal("requests", client.Sent + client.Retries, Request("sent"), "client", "service-a"))
        ?? (client.NoAnswer > 0 ? null : Equal("successes", client.Succeeded, Request("succeeded"), "client", "service-a"))
        ?? (isKilled ? null : Unseen())
        ?? (isKilled ? null : answers.Select(Known).FirstOrDefault(problem => problem is not null));

    // No proxy invents a success.
    string? Undone(long succeeded) => succeeded <= Work("completed") ? null
        : $"successes: client counts {succeeded}, service-b has completed {Work("completed")}";

    // What ServiceA has sent and ServiceB has not received can only be among what ServiceA counts as lost.
    string? Unseen() => Attempt("sent") - Attempt("unsent") is var sent && sent - Work("received") is var unseen
        && unseen >= 0 && unseen <= Attempt("lost") ? null
        : $"attempts: service-a counts {sent}, of which {Attempt("lost")} are lost, service-b {Work("received")}";

    // ServiceA hears of no more than ServiceB did; what it has not heard of is in flight or lost to it.
    string? Known(string outcome) => Attempt(outcome) <= Work(outcome) ? null
        : $"service-a counts {Attempt(outcome)} attempts as {outcome}, service-b {Work(outcome)}";

    static string? Sum(string what, long whole, long parts) =>
        whole == parts ? null : $"{what}: {whole}, but their ends add up to {parts}";

    static string? Equal(string what, long one, long other, string oneName, string otherName) =>
        one == other ? null : $"{what}: {oneName} counts {one}, {otherName} {other}";

    static long Count(JsonNode? counts, string name) =>
        counts?[name] is JsonValue value && value.TryGetValue<long>(out var count) ? count
            : throw new RunFailedException($"a ledger lacks {name}");
}
