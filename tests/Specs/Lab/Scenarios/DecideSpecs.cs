using System.Text.RegularExpressions;
using Specs.Repository;
using TinyResilient.Lab.Scenarios;
using Xunit;

namespace Specs.Lab.Scenarios;

/// <summary>docs/decide.md and the README say what the scenarios claim; the page leaves none of them out.</summary>
public partial class DecideSpecs
{
    static readonly string page = Files.Read("docs/decide.md");

    [Fact]
    public void Every_line_claims_what_a_run_checks()
    {
        var rows = page.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1).ToList();
        Assert.All(rows, row => Assert.True(Claimed().IsMatch(row), row));
        var all = (page + Files.Read("README.md")).ReplaceLineEndings(" ");
        Assert.All(Claimed().Matches(all).AsEnumerable(), claim =>
        {
            var scenario = Catalogue.Find(claim.Groups["scenario"].Value);
            Assert.True(scenario is not null, claim.Value);
            Assert.True(scenario.Expected.TryGetValue(claim.Groups["policy"].Value, out var effect), claim.Value);
            Assert.Equal(effect.ToString(), claim.Groups["effect"].Value, ignoreCase: true);
        });
    }

    [Fact]
    public void Every_scenario_has_a_line()
    {
        var named = Claimed().Matches(page).Select(claim => claim.Groups["scenario"].Value).Distinct();
        Assert.Equal(Catalogue.All.Select(scenario => scenario.Name).Order(), named.Order());
    }

    [GeneratedRegex("`(?<scenario>[a-z-]+)`: (?<policy>[a-z ]+?) +(?<effect>helps|harms|neutral)")]
    private static partial Regex Claimed();
}
