using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using TinyResilient.Lab.Processes;
using TinyResilient.Lab.Reports;
using TinyResilient.Lab.Results;
using TinyResilient.Lab.Scenarios;
using TinyResilient.LoadTest;

namespace TinyResilient.Lab.Running;

/// <summary>A whole run as the user meets it: estimate, progress, result on stdout, report, exit code.</summary>
/// <param name="folder">For the report; one that can be written. Null: there is none.</param>
/// <param name="expected">Names of what a result is expected of; those without one are told as not run.</param>
/// <param name="beside">What else takes part, with its version; for the report.</param>
sealed class RunSession(RunPlan plan, IBenches benches, string command, string? folder, bool withPictures, TimeProvider time,
    IEnumerable<string> expected, string beside = "")
{
    /// <summary>What was measured; null before the end, and where nothing was.</summary>
    public RunResult? Result { get; private set; }

    /// <param name="stop">Ends the run; what was measured is judged and written.</param>
    /// <param name="now">Ends it without that.</param>
    public async Task<int> RunAsync(CancellationToken stop, CancellationToken now)
    {
        var startedAt = time.GetUtcNow();
        Say($"{plan.Scenarios.Count} scenario{(plan.Scenarios.Count == 1 ? "" : "s")}, {plan.Seeds.Count} seed{(plan.Seeds.Count == 1 ? "" : "s")}, "
            + $"{plan.Benches} at a time{Alone(plan)}: about {Duration(benches.EstimateS(plan))}. Ctrl-C stops it and keeps every seed that is complete.");
        var runner = new Runner(benches, time, Say, now);
        var scenarios = await runner.RunAsync(plan, stop);
        if (now.IsCancellationRequested)
            return Ending.Fail(ExitCode.Interrupted, "ended at once: no result, no report");
        var leftOut = expected.Except(scenarios.Select(scenario => scenario.Name));
        var result = new RunResult(RunResult.PresentFormat, command, startedAt, runner.TookS, LabVersion.With(benches.Words + beside),
            plan.IsExact ? Clock.Virtual : Clock.Real, plan.Seeds,
            stop.IsCancellationRequested || runner.Failure is not null, [.. leftOut], scenarios);
        Result = scenarios.Count > 0 ? result : null;
        if (runner.Unjudged is { Count: > 0 } parts)
            Console.Out.Write(RunText.Of(result with
            {
                Scenarios = [.. scenarios, .. parts],
                LeftOut = [.. result.LeftOut.Except(parts.Select(part => part.Name))],
            }));
        else if (scenarios.Count > 0)
            Console.Out.Write(RunText.Of(result));
        else
            Say("nothing was measured");
        if (folder is not null && scenarios.Count > 0)
        {
            if (ReportFolder.Write(folder, result, withPictures, Say, stop) is { } unwritten)
                return Ending.Fail(ExitCode.Failed, unwritten);
            Say($"the report is in {folder}: open report.html");
        }
        else if (folder is not null)
        {
            Say("no report: no seed was complete");
        }
        if (runner.Failure is { } failure)
            Say(failure);
        return CodeOf(runner.Failure is not null, stop.IsCancellationRequested, scenarios);
    }

    /// <summary>A run that is broken or was stopped is no result, whatever its claims say.</summary>
    /// <param name="hasFailed">Whether it ended before its end by itself.</param>
    /// <param name="wasStopped">Whether somebody stopped it.</param>
    internal static int CodeOf(bool hasFailed, bool wasStopped, IReadOnlyList<ScenarioResult> scenarios) =>
        hasFailed ? ExitCode.Failed
        : wasStopped ? ExitCode.Interrupted
        : scenarios.Any(scenario => scenario.Problems.Count > 0) ? ExitCode.Failed
        : scenarios.Any(scenario => scenario.Claims.Any(claim => claim.Judgement == Judgement.Fails)) ? ExitCode.Threshold
        : ExitCode.Ok;

    // What has fewer benches than the others: an estimate that is longer than expected has a reason.
    static string Alone(RunPlan plan) => plan.Scenarios.Select(one => one.Scenario).Where(one => plan.BenchesOf(one).Count < plan.Benches).ToList()
        is { Count: > 0 } alone ? $" ({string.Join(", ", alone.Select(one => one.Name))}: 1)" : "";

    static string Duration(double seconds) => seconds < 90
        ? $"{seconds:0} s" : string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0.#} min");

    public static void Say(string line) => Console.Error.WriteLine(line);
}
