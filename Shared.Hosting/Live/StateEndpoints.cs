using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace TinyResilient.Shared.Hosting;

public static class StateEndpoints
{
    /// <summary>
    /// <c>GET /state</c>, one snapshot as JSON, and <c>GET /events</c>, the same as Server-Sent Events:
    /// when it changed, at most four a second, and an event <c>heartbeat</c> when nothing was sent for
    /// almost five seconds. 503 beyond 64 streams. All streams end as soon as the service is told to stop.
    /// </summary>
    /// <param name="snapshot">Called on any thread, up to four times a second; must not block.</param>
    public static void MapState(this WebApplication app, Func<Task<object>> snapshot)
    {
        var time = app.Services.GetRequiredService<TimeProvider>();
        var feed = new StateFeed(new SnapshotText(snapshot, time, app.Logger), time);
        app.Lifetime.ApplicationStopping.Register(feed.Dispose);

        app.MapGet("/state", async () => Results.Json(await snapshot(), Json.Options));
        app.MapGet("/events", (HttpContext context) =>
        {
            if (feed.Watch() is { } events)
                return TypedResults.ServerSentEvents(events);
            context.Response.Headers.RetryAfter = "5";
            return Problems.Of(503, $"There are {StateFeed.MaxStreams} streams already, or the service is stopping.");
        });
    }
}
