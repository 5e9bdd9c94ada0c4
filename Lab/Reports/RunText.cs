using System.Globalization;
using System.Text;
using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Reports;

/// <summary>A run as plain text for a terminal: what was found, and which claims did not hold.</summary>
static class RunText
{
    public static string Of(RunResult result)
    {
        var text = new StringBuilder();
        if (result.Clock == Clock.Virtual)
            text.AppendLine(CultureInfo.InvariantCulture, $"In {ReportTables.ClockOf(result.Clock)}.").AppendLine();
        foreach (var scenario in result.Scenarios)
            Write(text, scenario);
        WritePeers(text, result);
        var claims = result.Claims.ToList();
        if (claims.Count > 0)
            text.AppendLine(CultureInfo.InvariantCulture, $"{Count(claims, Judgement.Holds)} claims hold, {Count(claims, Judgement.Fails)} fail, "
                + $"{Count(claims, Judgement.TooShort)} cannot be judged by so short a run.");
        if (result.Scenarios.Count(scenario => Disturbance.Of(scenario) is not null) is > 0 and var disturbed)
            text.AppendLine(CultureInfo.InvariantCulture, $"The machine was disturbed in {disturbed} of {result.Scenarios.Count} scenarios: what failed there may be its doing.");
        if (result.Interrupted)
            text.AppendLine("The run was stopped before its end.");
        if (result.LeftOut.Count > 0)
            text.AppendLine(CultureInfo.InvariantCulture, $"Not run: {string.Join(", ", result.LeftOut)}.");
        return text.ToString();
    }

    static void Write(StringBuilder text, ScenarioResult scenario)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"=== {scenario.Name} ({scenario.Id}): {scenario.Title}");
        foreach (var arm in PeersTable.IsContest(scenario) ? [] : scenario.Arms)
        {
            foreach (var lane in arm.Runs.GroupBy(run => run.Lane))
                text.AppendLine(CultureInfo.InvariantCulture, $"  {arm.Name,-34} {lane.Key,-6} success {Numbers.Text(100 * lane.Average(run => run.Measures[Measure.Success]), "%"),10}  "
                    + $"attempts {lane.Average(run => run.Measures[Measure.Attempts]):0.000}");
        }
        foreach (var verdict in scenario.Verdicts)
            text.AppendLine(CultureInfo.InvariantCulture, $"  {verdict.Policy}: {verdict.Effect.ToString().ToLowerInvariant()} ({verdict.Difference:+0.0;-0.0;0.0} {verdict.Of})");
        foreach (var claim in scenario.Claims.Where(claim => claim.Judgement != Judgement.Holds))
            text.AppendLine(CultureInfo.InvariantCulture, $"  {(claim.Judgement == Judgement.Fails ? "FAILS" : claim.Judgement.Word() + Numbers.Enough(claim.Seeds))}: {claim.Text}: {claim.Measured:0.###}, "
                + $"wanted {Wanted(claim)}{(claim.Theory is { } expected ? $" (expected {expected:0.###})" : "")}");
        if (Disturbance.Of(scenario) is { } disturbance)
            text.AppendLine(CultureInfo.InvariantCulture, $"  {disturbance}");
        foreach (var problem in scenario.Problems)
            text.AppendLine(CultureInfo.InvariantCulture, $"  BROKEN: {problem}");
        text.AppendLine();
    }

    static void WritePeers(StringBuilder text, RunResult result)
    {
        var table = PeersTable.Of(result);
        if (table.Rows.Count == 0)
            return;
        string[][] lines = [[.. table.Head], .. table.Rows.Select(row => row.Select(cell => cell.Text).ToArray())];
        int[] widths = [.. table.Head.Select((_, column) => lines.Max(line => line[column].Length))];
        foreach (var line in lines)
            text.AppendLine(string.Join("  ", line.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        foreach (var sentence in (string[])["", .. PeersTable.Better(result), "", .. PeersTable.Notes, ""])
            text.AppendLine(sentence);
    }

    static string Wanted(Claim claim) => string.Create(CultureInfo.InvariantCulture, $"{claim switch
    {
        { Low: null, High: null } => "another verdict",
        { Low: null } => $"at most {claim.High:0.###}",
        { High: null } => $"at least {claim.Low:0.###}",
        _ => $"{claim.Low:0.###} to {claim.High:0.###}",
    }}");

    static int Count(IReadOnlyList<Claim> claims, Judgement judgement) => claims.Count(claim => claim.Judgement == judgement);
}
