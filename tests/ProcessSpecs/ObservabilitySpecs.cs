using System.Diagnostics;
using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace ProcessSpecs;

/// <summary>What the services show to machines.</summary>
public sealed class ObservabilitySpecs(ITestOutputHelper screen) : IDisposable
{
    const int Streams = 8;

    static readonly string[] familiesOfA =
    [
        "tiny_requests_total", "tiny_request_duration_seconds", "tiny_attempts_total", "tiny_retries_total", "tiny_in_flight",
        "tiny_breaker_state", "tiny_breaker_transitions_total", "tiny_upstream_connected",
    ];

    static readonly string[] familiesOfB =
    [
        "tiny_work_total", "tiny_work_duration_seconds", "tiny_queue_length", "tiny_workers", "tiny_worker_restarts_total",
        "tiny_effects_total",
    ];

    readonly Pair pair = new(screen, ("FAILURE_RATE", "0.5"), ("MAX_LATENCY_MS", "0"));

    public void Dispose() => pair.Dispose();

    [PromtoolFact]
    public async Task Promtool_accepts_the_metrics_of_both_and_every_family_is_there_from_the_start()
    {
        await pair.StartBoth();
        var atStart = new List<string>();
        foreach (var (service, families) in new[] { (pair.ClientA, familiesOfA), (pair.ClientB, familiesOfB) })
        {
            var metrics = (await service.Get("/metrics")).Text;
            Assert.All(families, family => Assert.Contains($"# TYPE {family} ", metrics, StringComparison.Ordinal));
            Assert.All(families, family => Assert.Contains($"# HELP {family} ", metrics, StringComparison.Ordinal));
            Assert.Equal((0, ""), await Promtool(metrics));
            atStart.AddRange(Series(metrics));
        }

        await Task.WhenAll(Enumerable.Range(1, 80).Select(n => pair.ClientA.Process($"{n}", n % 2 == 0 ? "actor" : "http")));
        var afterwards = new List<string>();
        foreach (var service in new[] { pair.ClientA, pair.ClientB })
        {
            var metrics = (await service.Get("/metrics")).Text;
            Assert.Equal((0, ""), await Promtool(metrics));
            afterwards.AddRange(Series(metrics));
        }
        // A series that comes with its first event has lost that event for every rate.
        Assert.Equal(atStart.Order(), afterwards.Order());
        Assert.DoesNotContain(atStart, series => series.Contains("circuit_open", StringComparison.Ordinal)); // sent to nobody
    }

    [PosixFact]
    public async Task Event_streams_end_at_once_and_hold_up_no_shutdown()
    {
        await pair.StartBoth();
        foreach (var (service, client) in new[] { (pair.A, pair.ClientA), (pair.B, pair.ClientB) })
        {
            var streams = await Task.WhenAll(Enumerable.Range(1, Streams).Select(_ => client.Events()));
            service.Send(Signal.Terminate);
            // Kestrel would wait 30 s for a stream that does not end by itself.
            await Task.WhenAll(streams).WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System);
            Assert.Equal(0, await service.ExitCode());
        }
    }

    static IEnumerable<string> Series(string metrics) =>
        metrics.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line[..line.LastIndexOf(' ')]);

    static async Task<(int ExitCode, string Complaints)> Promtool(string metrics)
    {
        using var promtool = Process.Start(new ProcessStartInfo("promtool", ["check", "metrics"])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
        })!;
        await promtool.StandardInput.WriteAsync(metrics);
        promtool.StandardInput.Close();
        var complaints = await promtool.StandardError.ReadToEndAsync();
        await promtool.WaitForExitAsync();
        return (promtool.ExitCode, complaints);
    }
}
