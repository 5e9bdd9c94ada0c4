using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace TinyResilient.Shared.Hosting;

/// <summary>Whether the service can do its work now, and if not, why.</summary>
public sealed record Readiness(
    bool Ready, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason)
{
    public static Readiness Yes { get; } = new(true, null);

    public static Readiness No(string reason) => new(false, reason);
}

/// <summary>The users' old words for how a service does.</summary>
public enum HealthStatus { Healthy, Degraded, Unhealthy }

/// <summary>The answer of <c>/health</c>; a service adds its own members by deriving from it.</summary>
public abstract record Health(
    [property: JsonPropertyOrder(-1), JsonConverter(typeof(JsonStringEnumConverter<HealthStatus>))]
    HealthStatus Status);

public static class Probes
{
    /// <summary><c>GET /livez</c>: 200 as long as the process answers at all.</summary>
    public static void MapLiveness(this WebApplication app) =>
        app.MapGet("/livez", () => Results.Json(new { alive = true }, Json.Options));

    /// <summary>
    /// <c>GET /readyz</c>: 200 <c>{"ready":true}</c>, or 503 with the reason. Not ready as soon as the
    /// service has been told to stop.
    /// </summary>
    public static void MapReadiness(this WebApplication app, Func<Readiness> readiness) =>
        app.MapGet("/readyz", () =>
        {
            var now = app.Lifetime.ApplicationStopping.IsCancellationRequested
                ? Readiness.No("shutting down")
                : readiness();
            return Results.Json(now, Json.Options, statusCode: now.Ready ? 200 : 503);
        });

    /// <summary><c>GET /health</c>: 200 when healthy or degraded, 503 when unhealthy.</summary>
    public static void MapHealth(this WebApplication app, Func<Health> health) =>
        app.MapGet("/health", () =>
        {
            var now = health();
            return Results.Json<object>(now, Json.Options,
                statusCode: now.Status == HealthStatus.Unhealthy ? 503 : 200);
        });
}
