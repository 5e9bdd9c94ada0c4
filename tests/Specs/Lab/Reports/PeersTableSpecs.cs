using System.Globalization;
using Specs.Repository;
using TinyResilient.Lab.Reports;
using TinyResilient.Lab.Results;
using Xunit;

namespace Specs.Lab.Reports;

public class PeersTableSpecs
{
    [Fact]
    public void A_cell_is_the_median_over_seeds_with_its_range() => Assert.Equal(
        ["errors", "nginx", "97.2 (96.5..98)", "20", "310 (300..400)", "1.43 (1.43..1.44)", "-", "1.39 (1.38..1.41)"],
        Cells(Arm("nginx", Run(0.972, 310, 1.39), Run(0.965, 400, 1.38), Run(0.98, 300, 1.41))));

    [Fact]
    public void What_does_not_come_back_is_never_and_one_seed_has_no_range() => Assert.Equal(
        ["errors", "HAProxy", "10", "20", "never", "20", "never", "2"], Cells(Arm("HAProxy", Run(0.1, null, 2, afterS: 9))));

    [Fact]
    public void Seeds_that_do_not_differ_have_no_range() =>
        Assert.Equal("100", Cells(Arm("nginx", Run(1, 1, 1), Run(1, 1, 1)))[2]);

    [Fact]
    public void A_recovery_is_the_median_though_one_seed_did_not_recover() => Assert.Equal(
        "1.5 (0..never)", Cells(Arm("nginx", Run(1, 1, 1, 9, 1.5), Run(1, 1, 1, 9), Run(1, 1, 1, 9, 0)))[6]);

    [Fact]
    public void A_peer_that_is_better_in_every_seed_is_named_with_both_numbers() => Assert.Equal(
        ["errors: nginx is better in p99, ms: 100 (90..110), against lane actor (tuned) 200 (150..210)."],
        Better(Arm("lane actor (tuned)", Run(0.97, 200, 1.4), Run(0.97, 150, 1.4), Run(0.97, 210, 1.4)),
            Arm("lane http (tuned)", Run(0.97, 105, 1.4), Run(0.97, 120, 1.4), Run(0.97, 130, 1.4)),
            Arm("nginx", Run(0.97, 100, 1.4), Run(0.97, 90, 1.4), Run(0.97, 110, 1.4))));

    [Fact]
    public void Who_answers_fewer_is_not_called_better_at_the_rest() => Assert.Equal(
        ["errors: no peer is better than a tuned lane in every seed."],
        Better(Arm("lane actor (tuned)", Run(0.97, 200, 1.4), Run(0.97, 200, 1.4)), Arm(".NET standard handler", Run(0.1, 20, 1.4), Run(0.1, 20, 1.4))));

    [Fact]
    public void A_trifle_is_no_advantage_and_one_seed_may_be_chance() => Assert.Equal(
        ["errors: no peer is better than a tuned lane in every seed.", "errors: one seed; any of this may be chance."],
        Better(Arm("lane actor (tuned)", Run(0.97, 200, 1.4)), Arm("HAProxy", Run(0.973, 185, 1.38))));

    [Fact]
    public void Any_other_run_has_no_such_table() => Assert.Empty(PeersTable.Of(Runs.Result).Rows);

    [Fact]
    public void It_stands_in_the_text_in_Markdown_and_on_the_page()
    {
        var result = Result(Arm("nginx", Run(0.972, 310, 1.39)));
        Assert.All([RunText.Of(result), MarkdownReport.Of(result), HtmlReport.Of(result)], text =>
        {
            Assert.Contains("work per success", text, StringComparison.Ordinal);
            Assert.Contains("97.2", text, StringComparison.Ordinal);
            Assert.Contains("errors: no peer is better than a tuned lane in every seed.", text, StringComparison.Ordinal);
            Assert.Contains("so proxies take the id off", text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_table_of_the_readme_and_its_words_are_those_of_the_runs_that_it_names()
    {
        string[] names = ["errors", "hang", "metastable", "one-bad-node"];
        var result = Runs.Result with
        {
            Scenarios = [.. names.Select(name => Runs.Result.Scenarios[1] with { Name = $"peers-{name}", Arms = Measured($"docs/run/peers-{name}.csv"), Problems = [] })],
        };
        var readme = Files.Read("README.md");
        Assert.All(PeersTable.Of(result).Rows, row => Assert.Contains($"| {string.Join(" | ", row.Select(cell => cell.Text))} |\n", readme, StringComparison.Ordinal));
        Assert.All(PeersTable.Better(result), sentence => Assert.Contains($"- {sentence}\n", readme, StringComparison.Ordinal));
    }

    // As CsvTable has written it: numbers by the names in the first line.
    static IReadOnlyList<ArmResult> Measured(string file)
    {
        var lines = Files.Read(file).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).ToList();
        return
        [
            .. from line in lines.Skip(1)
               group line by line[1] into arm
               select new ArmResult(arm.Key, "", [.. arm.Select(line => new LaneRun(line[2], long.Parse(line[3], CultureInfo.InvariantCulture), lines[0].Zip(line).Skip(4)
                   .Where(cell => cell.First is not ("outcome_hash" or "unbalanced") && cell.Second != "")
                   .ToDictionary(cell => cell.First, cell => double.Parse(cell.Second, CultureInfo.InvariantCulture)), [], "", null))]),
        ];
    }

    static string[] Cells(ArmResult arm) => [.. Assert.Single(PeersTable.Of(Result(arm)).Rows).Select(cell => cell.Text)];

    static IReadOnlyList<string> Better(params ArmResult[] arms) => PeersTable.Better(Result(arms));

    static RunResult Result(params ArmResult[] arms) => Runs.Result with
    {
        Scenarios = [Runs.Result.Scenarios[1] with { Name = "peers-errors", Arms = arms, Problems = [] }],
    };

    static ArmResult Arm(string name, params LaneRun[] runs) => new(name, "", runs);

    static LaneRun Run(double success, double? p99, double begun, double? afterS = null, double? recoveryS = null) => new("http", 1,
        ((string Name, double? Value)[])
        [
            (Measure.Success, success), (Measure.Attempts, begun), (Measure.P50, 20), (Measure.P99, p99), (Measure.Begun, begun), (Measure.AfterFaultS, afterS), (Measure.RecoveryS, recoveryS),
        ] is var all ? all.Where(one => one.Value is not null).ToDictionary(one => one.Name, one => one.Value!.Value) : [],
        [1], "", null);
}
