using System.Text.Json.Nodes;
using TinyResilient.Lab.Http;

namespace TinyResilient.Lab.Stage;

/// <param name="Metrics">Null where they were not asked for.</param>
sealed record GatewayLook(GatewayState State, string? Metrics);

sealed record PoolLook(PoolState State, PoolLedger Ledger);

sealed record SettingsLook(JsonObject Knobs, JsonArray Faults);

/// <summary>
/// Looks at something again and again, one look at a time, and remembers the newest. A look that fails leaves what was seen
/// before; it never throws.
/// </summary>
sealed class Watch<T>(Func<Task<T?>> look) where T : class
{
    Task _looking = Task.CompletedTask;

    /// <summary>Null before the first that succeeded.</summary>
    public T? Newest { get; private set; }

    /// <summary>Whether the last look succeeded.</summary>
    public bool IsSeen { get; private set; }

    public bool IsLooking => !_looking.IsCompleted;

    /// <summary>How many looks have succeeded.</summary>
    public long Count { get; private set; }

    /// <summary>Looks, or waits for the look that is under way.</summary>
    public Task LookAsync() => _looking.IsCompleted ? _looking = OnceAsync() : _looking;

    async Task OnceAsync()
    {
        var seen = await look();
        IsSeen = seen is not null;
        if (seen is null)
            return;
        (Newest, Count) = (seen, Count + 1);
    }
}

/// <summary>What there is to look at in the services.</summary>
sealed class Looks(ServiceClient client, Uri serviceA, Uri serviceB)
{
    public async Task<GatewayLook?> GatewayAsync(bool withMetrics)
    {
        var metrics = withMetrics ? client.GetAsync(serviceA, "metrics") : null;
        var state = Reading.Gateway((await client.GetAsync(serviceA, "state")).Body);
        var text = metrics is null ? null : (await metrics).Body;
        return state is null ? null : new(state, text);
    }

    public async Task<PoolLook?> PoolAsync()
    {
        var ledger = client.GetAsync(serviceB, "ledger");
        var state = Reading.Pool((await client.GetAsync(serviceB, "state")).Body);
        var books = Reading.Ledger((await ledger).Body);
        return state is null || books is null ? null : new(state, books);
    }

    /// <summary>ServiceA asks ServiceB for them: apart from the others, as it may take its time.</summary>
    public async Task<SettingsLook?> SettingsAsync()
    {
        var faults = client.GetAsync(serviceA, "faults");
        var knobs = Reading.Knobs(Ok(await client.GetAsync(serviceA, "knobs")));
        var set = Reading.Faults(Ok(await faults));
        return knobs is null || set is null ? null : new(knobs, set);
    }

    static string Ok(ServiceAnswer answer) => answer.IsOk ? answer.Body : "";
}
