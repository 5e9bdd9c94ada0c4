using Microsoft.Extensions.DependencyInjection;
using Prometheus;
using TinyResilient.Shared.Hosting;
using Xunit;

namespace Specs.Hosting;

public class ProbeSpecs
{
    sealed record GatewayHealth(HealthStatus Status, string BreakerState) : Health(Status);

    [Fact]
    public async Task Not_ready_says_why_and_is_a_503()
    {
        var readiness = Readiness.No("not connected to service-b");
        await using var service = await InMemoryService.Start(app => app.MapReadiness(() => readiness));
        var answer = await service.Get("/readyz");
        Assert.Equal((503, """{"ready":false,"reason":"not connected to service-b"}"""), (answer.Status, answer.Text));
        readiness = Readiness.Yes;
        answer = await service.Get("/readyz");
        Assert.Equal((200, """{"ready":true}"""), (answer.Status, answer.Text));
    }

    [Fact]
    public async Task Not_ready_any_more_as_soon_as_told_to_stop_but_still_alive()
    {
        await using var service = await InMemoryService.Start(app =>
        {
            app.MapLiveness();
            app.MapReadiness(() => Readiness.Yes);
        });
        service.App.Lifetime.StopApplication();
        Assert.Equal("""{"ready":false,"reason":"shutting down"}""", (await service.Get("/readyz")).Text);
        Assert.Equal(200, (await service.Get("/livez")).Status);
    }

    [Theory]
    [InlineData(HealthStatus.Degraded, 200, """{"status":"Degraded","breaker_state":"open"}""")]
    [InlineData(HealthStatus.Unhealthy, 503, """{"status":"Unhealthy","breaker_state":"open"}""")]
    public async Task Degraded_is_still_a_200(HealthStatus status, int code, string body)
    {
        await using var service = await InMemoryService.Start(app => app.MapHealth(() => new GatewayHealth(status, "open")));
        var answer = await service.Get("/health");
        Assert.Equal((code, body), (answer.Status, answer.Text));
    }

    [Fact]
    public async Task Only_our_own_metrics_are_exported()
    {
        await using var service = await InMemoryService.Start(app =>
        {
            app.MapTinyMetrics();
            app.Services.GetRequiredService<IMetricFactory>().CreateGauge("tiny_in_flight", "Requests in flight.").Set(3);
        }, add: services => services.AddTinyMetrics());
        Assert.Equal("# HELP tiny_in_flight Requests in flight.\n# TYPE tiny_in_flight gauge\ntiny_in_flight 3\n",
            (await service.Get("/metrics")).Text);
    }
}
