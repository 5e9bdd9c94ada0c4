using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ProcessSpecs.Harness;

/// <summary>A real Prometheus with the repository's configuration, of which only the addresses of the services are changed.</summary>
sealed class RunningPrometheus : IAsyncDisposable
{
    /// <summary>What Grafana puts there for a scrape every 2 s and a chart of five minutes: four scrapes.</summary>
    const string RateInterval = "8s";

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tiny-prometheus-");
    readonly RunningProgram prometheus;
    readonly Client client;

    public RunningPrometheus(Pair pair)
    {
        var config = Path.Combine(Programs.Repository, "observability", "prometheus");
        foreach (var file in Directory.GetFiles(config, "*.yml"))
            File.WriteAllText(Path.Combine(folder.FullName, Path.GetFileName(file)), File.ReadAllText(file)
                .Replace("\"service-a:8000\"", $"\"127.0.0.1:{pair.HttpA}\"", StringComparison.Ordinal)
                .Replace("\"service-b:8001\"", $"\"127.0.0.1:{pair.HttpB}\"", StringComparison.Ordinal));
        var port = Ports.Free();
        client = new Client(port);
        prometheus = RunningProgram.StartOther("prometheus",
            $"--config.file={Path.Combine(folder.FullName, "prometheus.yml")}",
            $"--storage.tsdb.path={Path.Combine(folder.FullName, "data")}",
            $"--web.listen-address=127.0.0.1:{port}", "--log.level=warn");
    }

    /// <summary>Waits until both services have been scraped.</summary>
    public Task IsScraping() => Until.Fact("Prometheus scrapes both services", async () =>
        (await client.Get("/-/ready")).Status == 200 && (await Query("up == 1")).Count == 2);

    /// <summary>The series that a query returns now, and the value of each.</summary>
    public async Task<IReadOnlyList<Series>> Query(string query)
    {
        var asked = query.Replace("$__rate_interval", RateInterval, StringComparison.Ordinal);
        var answer = await client.Get($"/api/v1/query?query={Uri.EscapeDataString(asked)}");
        if (answer.Status != 200)
            throw new InvalidOperationException($"{asked}: {answer.Text}");
        return [.. answer.Json["data"]!["result"]!.AsArray().Select(one => new Series(
            one!["metric"]!.Deserialize<Dictionary<string, string>>()!,
            double.Parse((string)one["value"]![1]!, CultureInfo.InvariantCulture)))];
    }

    /// <summary>Every rule, as Prometheus has read it and judges it now.</summary>
    public async Task<IReadOnlyList<Rule>> Rules() =>
        [.. (await client.Get("/api/v1/rules")).Json["data"]!["groups"]!.AsArray().SelectMany(group => group!["rules"]!.AsArray())
            .Select(rule => new Rule((string)rule!["name"]!, (string)rule["query"]!, (string)rule["state"]!, (string)rule["health"]!))];

    /// <summary>Waits until these alerts fire; others may.</summary>
    public Task Fires(params string[] alerts) => Until.Fact($"firing: {string.Join(", ", alerts)}", Rules,
        rules => alerts.All(alert => rules.Single(rule => rule.Name == alert).State == "firing"));

    public async ValueTask DisposeAsync()
    {
        prometheus.Dispose();
        await Until.Fact("Prometheus is gone, and writes no more", async () => (await client.Get("/-/ready")).Status == 0);
        client.Dispose();
        folder.Delete(recursive: true);
    }

    public override string ToString() => $"{prometheus}";
}

/// <summary>One series and its value.</summary>
sealed record Series(IReadOnlyDictionary<string, string> Labels, double Value);

/// <summary>An alert rule: its state is <c>inactive</c>, <c>pending</c> or <c>firing</c>, its health <c>ok</c> once it was evaluated.</summary>
sealed record Rule(string Name, string Query, string State, string Health);
