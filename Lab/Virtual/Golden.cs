using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Akka.Actor;
using Polly;
using TinyResilient.Lab.Knobs;
using TinyResilient.Lab.Results;
using TinyResilient.Lab.Scenarios;

namespace TinyResilient.Lab.Virtual;

/// <summary>
/// What each arm of a scenario does for two seeds, in virtual time, as a text for people; kept in tests/golden. A change of behaviour
/// is a change of such a file.
/// </summary>
sealed record Golden(string Text)
{
    const string SumLine = "sum        ";
    const int LongestS = 3;
    static readonly long[] seeds = [1, 2];

    /// <summary>Their numbers may be others with other versions.</summary>
    public static string Versions { get; } =
        $".NET {Environment.Version}, Akka {VersionOf(typeof(ActorSystem))}, Polly {VersionOf(typeof(ResiliencePipeline))}";

    public static string FileOf(Scenario scenario) => $"{scenario.Name}.txt";

    /// <summary>What each scenario does now, in their order.</summary>
    /// <exception cref="Running.RunFailedException">A process that ran one has died, or stands still.</exception>
    public static async Task<IReadOnlyList<(Scenario Scenario, Golden Golden)>> OfAsync(
        IReadOnlyList<Scenario> scenarios, VirtualBenches benches, CancellationToken stop)
    {
        var all = await Task.WhenAll(scenarios.Select(scenario => OfAsync(scenario, benches, stop)));
        return [.. scenarios.Zip(all)];
    }

    /// <summary>What is to be said against what was kept, a line each; nothing where it is the same.</summary>
    /// <param name="file">Its name, for the lines.</param>
    /// <param name="kept">Null: there is no such file.</param>
    public IEnumerable<string> Differences(string file, string? kept)
    {
        const int Most = 20;
        if (kept is null)
            return [$"{file} is missing"];
        kept = kept.ReplaceLineEndings("\n");
        if (kept.IndexOf(SumLine, StringComparison.Ordinal) is var at && (at < 0 || kept != Summed(kept[..at])))
            return [$"{file} was edited by hand: its sum is not that of its text"];
        if (kept == Text)
            return [];
        string[] then = [.. Lines(kept)], now = [.. Lines(Text)];
        if (then.SequenceEqual(now))
            return []; // nothing but the versions
        var lines = then.Zip(now).Where(pair => pair.First != pair.Second)
            .SelectMany(pair => (string[])[$"- {pair.First}", $"+ {pair.Second}"]).ToList();
        return
        [
            kept.Contains(Versions, StringComparison.Ordinal) ? $"{file} is no longer what happens:" : $"{file} is no longer what happens, with {Versions}:",
            .. lines.Take(Most),
            .. lines.Count > Most ? [$"and {lines.Count - Most} lines more"] : (string[])[],
            .. then.Length == now.Length ? (string[])[] : [$"it had {then.Length} lines, and would have {now.Length}"],
        ];
    }

    /// <summary>Such a file, whose last line is the sum of all before it.</summary>
    internal static Golden Sealed(string text) => new(Summed(text));

    static async Task<Golden> OfAsync(Scenario scenario, VirtualBenches benches, CancellationToken stop)
    {
        var shorter = scenario.Parameters.Where(one => one.Name == "seconds").Select(one => new Assignment(one.Name, Shortest(one))).ToList();
        var values = Values.Of(scenario, shorter, []);
        values = values.With(await benches.CapacityAsync(scenario, values, stop));
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture,
            $"{string.Join(' ', shorter.Select(one => $"{one.Name}={one.Value}").Prepend(scenario.Name))}, in virtual time\n{Versions}\n");
        foreach (var arm in scenario.Arms(values))
        {
            foreach (var seed in seeds)
            {
                var runs = await benches.RunAsync(bench: 0, scenario, values, arm, seed, stop);
                string[] each = [.. runs.Select(run => Words(run, arm))];
                var areEqual = each.Length > 1 && each.Distinct().Count() == 1;
                foreach (var (words, lane) in areEqual ? [(each[0], "both lanes equal")] : each.Zip(runs.Select(run => $"lane {run.Lane}")))
                    text.Append(CultureInfo.InvariantCulture, $"\n{scenario.Name} / {arm.Name,-42} seed {seed}   {lane}\n{words}");
            }
        }
        return Sealed($"{text}\n");
    }

    // The fault of some lasts as long as the arm must.
    static string Shortest(Parameter seconds) => Enumerable.Range(LongestS, 600).Select(one => $"{one}").First(seconds.Allows) is var least
        && double.Parse(seconds.Default, CultureInfo.InvariantCulture) < LongestS ? seconds.Default : least;

    static string Words(LaneRun run, Arm arm)
    {
        double Of(string measure) => run.Measures[measure];
        double Count(string measure) => Math.Round(Of(measure) * Of(Measure.Requests));
        string Parts(params (string Measure, string Word)[] parts) =>
            string.Join(" + ", parts.Select(part => (Count: Count(part.Measure), part.Word)).Where(part => part.Count > 0)
                .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Count:N0} {part.Word}")));
        var (attempts, done) = (Count(Measure.Attempts), Count(Measure.Work));
        var whole = Parts((Measure.Success, "succeeded"), (Measure.Failed, "failed"), (Measure.Refused, "refused"), (Measure.TimedOut, "timed out"),
            (Measure.Unanswered, "unanswered"));
        // The work of a process that died is in nobody's books
        var work = arm.EndsProcesses ? "" : string.Create(CultureInfo.InvariantCulture, $" = {done:N0} completed + {attempts - done:N0} not");
        var latency = !run.Measures.ContainsKey(Measure.P50) ? "-" : string.Create(CultureInfo.InvariantCulture,
            $"p50 {Of(Measure.P50):0.0}   p95 {Of(Measure.P95):0.0}   p99 {Of(Measure.P99):0.0} ms");
        return string.Create(CultureInfo.InvariantCulture, $"""
            requests   {Of(Measure.Requests):N0} sent = {whole}       success {100 * Of(Measure.Success):0.0} %
            attempts   {attempts:N0} sent{work}       {Of(Measure.Attempts):0.00} per request
            work       {Count(Measure.Wasted):N0} wasted, {Count(Measure.Twice):N0} done twice, {Count(Measure.Lost):N0} lost       restarts of workers {Of(Measure.Restarts):N0}
            latency    {latency}
            breaker    {(Count(Measure.OpenShare) is > 0 and var open ? $"not closed for {open:N0} answers" : "-")}
            digest     {run.Digest}

            """).ReplaceLineEndings("\n");
    }

    static string Summed(string text) =>
        $"{text}{SumLine}{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16]}\n";

    static IEnumerable<string> Lines(string text) => text.Split('\n').Where((line, index) => index != 1 && !line.StartsWith(SumLine, StringComparison.Ordinal));

    static string VersionOf(Type type) =>
        type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
