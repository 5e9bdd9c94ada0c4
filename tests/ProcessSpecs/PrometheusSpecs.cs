using System.Diagnostics;
using System.Text.Json.Nodes;
using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace ProcessSpecs;

/// <summary>A real Prometheus with the repository's configuration, rules and dashboard, and both services.</summary>
[Collection(Collections.Beside)]
public sealed class PrometheusSpecs(ITestOutputHelper screen) : IDisposable
{
    static readonly string[] lanes = ["actor", "http"];
    static readonly string config = Path.Combine(Programs.Repository, "observability", "prometheus");

    readonly Pair pair = new(screen, ("FAILURE_RATE", "0"), ("BASE_LATENCY_MS", "0"), ("MAX_LATENCY_MS", "0"));

    public void Dispose() => pair.Dispose();

    [PromtoolFact]
    public async Task Promtool_accepts_configuration_and_rules_and_sees_each_alert_fire_and_not_fire()
    {
        await Promtool("check", "config", "prometheus.yml");
        await Promtool("check", "rules", "alerts.yml");
        await Promtool("test", "rules", "alerts.test.yml");
    }

    [PromtoolFact]
    public async Task Every_query_of_the_dashboard_shows_data_of_both_lanes_and_what_it_is_there_to_show()
    {
        // Two workers that fail, forget answers and have too much to do: no panel is left at zero.
        foreach (var (knob, value) in new[] { ("FAILURE_RATE", "0.3"), ("BASE_LATENCY_MS", "40"), ("WORKERS", "2"), ("QUEUE_LIMIT", "2"),
            ("FAILURE_THRESHOLD", "3"), ("COOL_DOWN_SECONDS", "0.5"), ("REQUEST_TIMEOUT_S", "0.2"), ("BREAKER_RATIO", "0.3") })
            pair.Tell(knob, value);
        await pair.StartBoth();
        await using var prometheus = new RunningPrometheus(pair);
        await prometheus.IsScraping();
        await Faults("""[{"kind":"ack_lost","probability":0.1}]""");
        Load[] loads = [.. lanes.Select(lane => new Load(pair.ClientA, lane))];

        foreach (var (panel, query) in Queries())
            await Until.Fact($"{panel} shows something: {query}", () => prometheus.Query(query), Shows);

        await Task.WhenAll(loads.Select(load => load.End()));
        foreach (var lane in lanes)
        {
            var succeeded = (await Books.Requests(pair.ClientA, lane)).Of("succeeded");
            await Until.Fact($"Prometheus has {succeeded} successes of lane {lane}, as the ledger",
                () => prometheus.Query($$"""tiny_requests_total{lane="{{lane}}",outcome="succeeded"}"""),
                series => series.Single().Value == succeeded);
        }
        screen.WriteLine($"{prometheus}");
    }

    [PromtoolFact]
    public async Task Every_alert_is_silent_while_all_is_well_and_fires_when_its_cause_is_there()
    {
        await pair.StartBoth();
        await using var prometheus = new RunningPrometheus(pair);
        await prometheus.IsScraping();
        _ = lanes.Select(lane => new Load(pair.ClientA, lane)).ToList();

        await Until.Fact("rates of both lanes", () => prometheus.Query("sum by (lane) (rate(tiny_requests_total[15s])) > 0"), Shows);
        var rules = await Until.Fact("every rule was evaluated", prometheus.Rules, rules => rules.All(rule => rule.Health == "ok"));
        Assert.All(rules, rule => Assert.Equal("inactive", rule.State));
        foreach (var rule in rules)
            Assert.Empty(await prometheus.Query(rule.Query));

        await Knobs("""{"WORKERS":1,"QUEUE_LIMIT":0,"BASE_LATENCY_MS":100}""");
        await prometheus.Fires("QueueFull");

        await Knobs("""{"WORKERS":8,"QUEUE_LIMIT":64,"BASE_LATENCY_MS":0,"FAILURE_RATE":1,"HTTP_FAILURE_THRESHOLD":0}""");
        await Faults("""[{"kind":"crash_loop","lane":"actor"}]""");
        await prometheus.Fires("BreakerOpen", "AmplificationHigh", "SuccessLow", "WorkersStopped");

        pair.B.Send(Signal.Kill);
        await prometheus.Fires("ServiceBGone", "ServiceSilent");
        Assert.Equal(7, rules.Count); // all of them have fired
        screen.WriteLine($"{prometheus}");
    }

    static bool Shows(IReadOnlyList<Series> series) =>
        series.Any(one => one.Value > 0) && series.All(one => double.IsFinite(one.Value))
        && (series.All(one => !one.Labels.ContainsKey("lane")) || lanes.All(lane => series.Any(one => one.Labels["lane"] == lane)));

    static IEnumerable<(string Panel, string Query)> Queries() =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Programs.Repository, "observability", "grafana", "dashboards", "lanes.json")))!["panels"]!
            .AsArray().SelectMany(panel => panel!["targets"]!.AsArray(), (panel, target) => ((string)panel!["title"]!, (string)target!["expr"]!));

    async Task Knobs(string json) => Assert.Equal(200, (await pair.ClientA.Patch(json)).Status);

    async Task Faults(string json) => Assert.Equal(200, (await pair.ClientA.Send(HttpMethod.Put, "/faults", json)).Status);

    static async Task Promtool(params string[] arguments)
    {
        using var promtool = Process.Start(new ProcessStartInfo("promtool", arguments)
        {
            WorkingDirectory = config,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var words = await Task.WhenAll(promtool.StandardOutput.ReadToEndAsync(), promtool.StandardError.ReadToEndAsync());
        await promtool.WaitForExitAsync();
        Assert.True(promtool.ExitCode == 0, string.Concat(words));
    }
}
