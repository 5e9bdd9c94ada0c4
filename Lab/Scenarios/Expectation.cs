using TinyResilient.Lab.Model;
using TinyResilient.Lab.Results;
using TinyResilient.Lab.Running;

namespace TinyResilient.Lab.Scenarios;

/// <summary>What the model expects of an arm, from many simulated runs of the arm's own length.</summary>
sealed class Expectation
{
    /// <summary>Simulated runs behind each expectation.</summary>
    public const int Runs = 100;

    // Enough to see that chance has no part in an arm.
    const int Few = 8;

    readonly Dictionary<string, Estimate> _measures;

    Expectation(Dictionary<string, Estimate> measures, IReadOnlyList<double> curve, Law law) =>
        (_measures, Curve, Law) = (measures, curve, law);

    /// <summary>Mean success of each slice of the requests, 0..1.</summary>
    public IReadOnlyList<double> Curve { get; }

    /// <summary>What a prediction from this is called.</summary>
    public Law Law { get; }

    /// <summary>Mean and standard deviation of one run.</summary>
    public Estimate Of(string measure) => _measures.GetValueOrDefault(measure);

    public static Expectation Of(ModelSettings settings) =>
        Of(settings, Few) is var few && few._measures.Values.All(one => one.Deviation == 0) ? few : Of(settings, Runs);

    static Expectation Of(ModelSettings settings, int runs)
    {
        var all = ModelBand.Each(settings, runs, run => (Course: Course(run), Counts: Counts(run)));
        double Number(int run, string name) =>
            all[run].Course.Measures.TryGetValue(name, out var value) ? value : all[run].Counts.GetValueOrDefault(name, double.NaN);
        var names = all.SelectMany(run => run.Course.Measures.Keys.Concat(run.Counts.Keys)).Distinct();
        return new(
            names.ToDictionary(name => name, name => Estimate.Of(Enumerable.Range(0, runs).Select(run => Number(run, name)))),
            [.. Enumerable.Range(0, RequestCourse.Slices).Select(slice => all.Average(run => run.Course.Curve[slice]))],
            new(LawKind.Model, runs == Few ? $"{runs} simulated runs, which all agree" : $"mean of {runs} simulated runs"));
    }

    static RequestCourse Course(ModelRun run) => RequestCourse.Of([.. run.Requests.Select(request => new Fate(
        request.Start, request.End, request.Succeeded, request.Attempts, request.Outcome == ModelOutcome.CircuitOpen))]);

    static Dictionary<string, double> Counts(ModelRun run)
    {
        var perRequest = 1.0 / Math.Max(1, run.Requests.Count);
        double Share(params ModelOutcome[] outcomes) => perRequest * run.Requests.Count(request => outcomes.Contains(request.Outcome));
        return new()
        {
            [Measure.Failed] = Share(ModelOutcome.Failed, ModelOutcome.Crashed, ModelOutcome.Wrong, ModelOutcome.Quarantined),
            [Measure.Refused] = Share(ModelOutcome.Busy, ModelOutcome.CircuitOpen),
            [Measure.TimedOut] = Share(ModelOutcome.TimedOut, ModelOutcome.Expired),
            [Measure.Work] = run.Counts.Completed * perRequest,
            [Measure.Wasted] = Math.Max(0, run.Counts.Completed - run.Requests.Count(request => request.Succeeded)) * perRequest,
            [Measure.Lost] = run.Counts.Lost * perRequest,
            [Measure.Twice] = run.Counts.Duplicates * perRequest,
            [Measure.Restarts] = run.Counts.Restarts,
        };
    }
}
