using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Prometheus;

namespace TinyResilient.Shared.Hosting;

public static class MetricsEndpoint
{
    /// <summary>
    /// Adds a registry of our own as singletons <see cref="CollectorRegistry"/> and <see cref="IMetricFactory"/>:
    /// what is created from the factory is exported, and nothing else.
    /// </summary>
    public static IServiceCollection AddTinyMetrics(this IServiceCollection services)
    {
        var registry = Metrics.NewCustomRegistry();
        var factory = Metrics.WithCustomRegistry(registry);
        factory.ExemplarBehavior = ExemplarBehavior.NoExemplars(); // the text format has no place for them
        return services.AddSingleton(registry).AddSingleton<IMetricFactory>(factory);
    }

    /// <summary><c>GET /metrics</c> in Prometheus' text format.</summary>
    public static void MapTinyMetrics(this WebApplication app)
    {
        var registry = app.Services.GetRequiredService<CollectorRegistry>();
        app.MapGet("/metrics", async (HttpContext context) =>
        {
            context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
            await registry.CollectAndExportAsTextAsync(context.Response.Body, context.RequestAborted);
        });
    }
}
