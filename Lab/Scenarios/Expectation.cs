using TinyResilient.Lab.Model;
using TinyResilient.Lab.Results;
using TinyResilient.Lab.Running;
using TinyResilient.Lab.Statistics;

namespace TinyResilient.Lab.Scenarios;

/// <summary>What the model expects of an arm, from many simulated runs of the arm's own length.</summary>
sealed class Expectation
{
    /// <summary>Simulated runs behind each expectation.</summary>
    public const int Runs = 200;

    // Enough to see that chance has no part in an arm.
    const int Few = 8;

    readonly Dictionary<string, (double Mean, double Deviation)> _measures;

    Expectation(Dictionary<string, (double, double)> measures, IReadOnlyList<double> curve) => (_measures, Curve) = (measures, curve);

    /// <summary>Mean success of each slice of the requests, 0..1.</summary>
    public IReadOnlyList<double> Curve { get; }

    /// <summary>Mean and standard deviation of one run.</summary>
    public (double Mean, double Deviation) Of(string measure) => _measures.GetValueOrDefault(measure);

    public static Expectation Of(ModelSettings settings) =>
        Of(settings, Few) is var few && few._measures.Values.All(one => one.Deviation == 0) ? few : Of(settings, Runs);

    static Expectation Of(ModelSettings settings, int runs)
    {
        var courses = new RequestCourse[runs];
        var more = new Dictionary<string, double>[runs];
        Parallel.For(0, runs, run =>
        {
            var one = Simulator.Run(settings, run + 1);
            courses[run] = RequestCourse.Of([.. one.Requests.Select(request => new Fate(
                request.Start, request.End, request.Succeeded, request.Attempts, request.Outcome == ModelOutcome.CircuitOpen))]);
            more[run] = Counts(one);
        });
        var names = courses[0].Measures.Keys.Concat(more[0].Keys);
        return new(
            names.ToDictionary(name => name, name =>
            {
                double[] values = [.. courses.Zip(more).Select(pair =>
                    pair.First.Measures.TryGetValue(name, out var value) ? value : pair.Second.GetValueOrDefault(name))];
                return (Sample.Mean(values), Sample.Deviation(values));
            }),
            [.. Enumerable.Range(0, RequestCourse.Slices).Select(slice => courses.Average(course => course.Curve[slice]))]);
    }

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
            [Measure.Wasted] = run.Counts.Wasted * perRequest,
            [Measure.Lost] = run.Counts.Lost * perRequest,
            [Measure.Twice] = run.Counts.Duplicates * perRequest,
            [Measure.Restarts] = run.Counts.Restarts,
        };
    }
}
