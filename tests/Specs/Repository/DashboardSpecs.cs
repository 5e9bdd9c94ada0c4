using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Prometheus;
using TinyResilient.ServiceA.Gateway;
using TinyResilient.ServiceA.Upstream;
using TinyResilient.ServiceB.Pool;
using TinyResilient.Shared.Messages;
using Xunit;

namespace Specs.Repository;

// What dashboard and alert rules ask for must be on /metrics, and the document must tell of all that they show.
public partial class DashboardSpecs
{
    const string DashboardFile = "observability/grafana/dashboards/lanes.json";
    const string AlertsFile = "observability/prometheus/alerts.yml";
    const string DataSourceFile = "observability/grafana/datasources/prometheus.yml";
    static readonly string[] ownOfPrometheus = ["job", "instance"];

    static readonly JsonArray panels = JsonNode.Parse(Files.Read(DashboardFile))!["panels"]!.AsArray();
    static readonly IReadOnlyList<string> alerts = [.. Alert().Matches(Files.Read(AlertsFile)).Select(match => match.Groups[1].Value)];

    public static TheoryData<string> Queries =>
        [.. Targets().Select(target => (string)target["expr"]!).Append(Files.Read(AlertsFile))];

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task Every_family_label_and_value_that_is_asked_for_is_on_metrics(string query)
    {
        var exported = await Exported();
        var asked = Selector().Matches(query);
        Assert.NotEmpty(asked);
        Assert.All(asked, selector =>
        {
            var family = selector.Groups["family"].Value;
            Assert.True(exported.ContainsKey(family), family);
            foreach (var matcher in Matcher().Matches(selector.Groups["matchers"].Value).Select(match => match.Groups))
                Assert.Contains(matcher["value"].Value, exported[family][matcher["label"].Value]);
        });
        var labels = asked.SelectMany(selector => exported[selector.Groups["family"].Value].Select(label => label.Key)).Concat(ownOfPrometheus).ToList();
        Assert.All(By().Matches(query).SelectMany(by => by.Groups[1].Value.Split(", ")), label => Assert.Contains(label, labels));
    }

    [Fact]
    public void Every_legend_names_labels_that_its_query_keeps() => Assert.All(Targets(), target =>
    {
        var kept = By().Matches((string)target["expr"]!).SelectMany(by => by.Groups[1].Value.Split(", "));
        Assert.All(Legend().Matches((string)target["legendFormat"]!), label => Assert.Contains(label.Groups[1].Value, kept));
    });

    [Fact]
    public void Every_panel_says_what_it_shows_and_asks_the_provisioned_data_source()
    {
        var (uid, interval) = (Setting("uid"), Setting("timeInterval"));
        Assert.Contains($"scrape_interval: {interval}\n", Lines("observability/prometheus/prometheus.yml"), StringComparison.Ordinal);
        Assert.All(panels, panel =>
        {
            Assert.NotEmpty((string)panel!["description"]!);
            Assert.Equal(uid, (string)panel["datasource"]!["uid"]!);
        });
        Assert.Equal(panels.Count, panels.Select(panel => (int)panel!["id"]!).Distinct().Count());
        Assert.Equal(panels.Count, Rows("panel").Count());

        static string Setting(string name) => Regex.Match(Files.Read(DataSourceFile), $@"\b{name}: (\w+)").Groups[1].Value;
    }

    [Fact]
    public void No_panel_lies_on_another_or_beside_the_page()
    {
        var cells = panels.SelectMany(panel =>
        {
            var place = panel!["gridPos"]!;
            return Enumerable.Range((int)place["x"]!, (int)place["w"]!)
                .SelectMany(_ => Enumerable.Range((int)place["y"]!, (int)place["h"]!), (column, row) => (column, row));
        }).ToList();
        Assert.Equal(cells.Count, cells.Distinct().Count());
        Assert.All(cells, cell => Assert.InRange(cell.column, 0, 23));
    }

    [Fact]
    public void The_document_tells_of_every_panel_and_every_alert_and_of_no_other()
    {
        Assert.Equal(panels.Select(panel => (string)panel!["title"]!), Rows("panel"));
        Assert.Equal(alerts.Select(alert => $"`{alert}`"), Rows("alert"));
    }

    [Fact]
    public void Every_alert_has_its_reason_and_is_seen_to_fire_and_not_to_fire()
    {
        var tests = Lines("observability/prometheus/alerts.test.yml");
        Assert.Equal(alerts.Count, Regex.Count(Files.Read(AlertsFile), """^ +summary: "[^"]*: .""", RegexOptions.Multiline));
        Assert.All(alerts, alert =>
        {
            Assert.Contains($"alertname: {alert}, exp_alerts: [] ", tests, StringComparison.Ordinal);
            Assert.Matches($@"alertname: {alert}\n +exp_alerts:\n +- exp_labels", tests);
        });
    }

    static IEnumerable<JsonNode> Targets() => panels.SelectMany(panel => panel!["targets"]!.AsArray())!;

    /// <summary>The first column of the document's table whose head begins with this word.</summary>
    static IEnumerable<string> Rows(string head) => Lines("docs/observability.md").Split('\n')
        .SkipWhile(line => !line.StartsWith($"| {head} |", StringComparison.Ordinal)).Skip(2)
        .TakeWhile(line => line.StartsWith('|')).Select(line => line.Split('|')[1].Trim());

    static string Lines(string file) => Files.Read(file).ReplaceLineEndings("\n");

    /// <summary>Every series of both services by name, and the values of each of its labels, as /metrics shows them.</summary>
    static async Task<Dictionary<string, ILookup<string, string>>> Exported()
    {
        var registry = Metrics.NewCustomRegistry();
        var factory = Metrics.WithCustomRegistry(registry);
        var upstream = new UpstreamMetrics(factory);
        foreach (var lane in new[] { Names.ActorLane, Names.HttpLane })
        {
            _ = new RequestBooks(factory, lane);
            new NodeMetrics(upstream, lane, "node").Connected(true);
            new WorkMetrics(factory, lane).Show(0, _ => 0);
        }
        using var text = new MemoryStream();
        await registry.CollectAndExportAsTextAsync(text);
        return Exporting().Matches(Encoding.UTF8.GetString(text.ToArray())).GroupBy(series => series.Groups["family"].Value)
            .ToDictionary(family => family.Key, family => family.SelectMany(series => Matcher().Matches(series.Groups["labels"].Value))
                .ToLookup(label => label.Groups["label"].Value, label => label.Groups["value"].Value));
    }

    [GeneratedRegex(@"^ +- alert: (\w+)\r?$", RegexOptions.Multiline)]
    private static partial Regex Alert();

    [GeneratedRegex(@"\b(?<family>tiny_\w+)(?:\{(?<matchers>[^}]*)\})?")]
    private static partial Regex Selector();

    [GeneratedRegex("(?<label>\\w+)=\"(?<value>[^\"]*)\"")]
    private static partial Regex Matcher();

    [GeneratedRegex(@"by \(([\w, ]+)\)")]
    private static partial Regex By();

    [GeneratedRegex(@"\{\{(\w+)\}\}")]
    private static partial Regex Legend();

    [GeneratedRegex(@"^(?<family>\w+)\{(?<labels>[^}]*)\}", RegexOptions.Multiline)]
    private static partial Regex Exporting();
}
