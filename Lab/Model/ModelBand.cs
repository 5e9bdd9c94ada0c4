using TinyResilient.Lab.Statistics;

namespace TinyResilient.Lab.Model;

/// <summary>Where a statistic of one run lies: its mean over all seeds, and how far single runs scatter.</summary>
/// <param name="Deviation">Standard deviation of a single run.</param>
/// <param name="Runs">Simulated runs behind both.</param>
readonly record struct Estimate(double Mean, double Deviation, int Runs)
{
    /// <summary>Where the mean of so many measured runs may lie; the simulation's own uncertainty is in it.</summary>
    public Interval Of(int measured, double confidence)
    {
        var half = Confidence.Z(confidence) * Deviation * Math.Sqrt(1.0 / measured + 1.0 / Runs);
        return new(Mean - half, Mean + half);
    }

    /// <summary>Where the model's true mean lies.</summary>
    public Interval OfModel(double confidence) => Interval.OfMean(Mean, Deviation, Runs, confidence);
}

/// <summary>
/// The band of a scenario whose unit is the run: the model run with so many seeds at the run's own length and load.
/// </summary>
static class ModelBand
{
    /// <summary>Mean and scatter of any number that a run gives.</summary>
    /// <param name="settings">The arm, with the measured run's own length.</param>
    /// <param name="runs">Seeds 1 to this.</param>
    /// <param name="statistic">For instance its success.</param>
    public static Estimate Of(ModelSettings settings, int runs, Func<ModelRun, double> statistic) =>
        Curve(settings, runs, run => [statistic(run)])[0];

    /// <summary>Mean and scatter of each point of a run's curve; what a run does not have (NaN) is left out.</summary>
    public static Estimate[] Curve(ModelSettings settings, int runs, Func<ModelRun, double[]> curve)
    {
        var all = new List<double[]>(runs);
        for (var seed = 1; seed <= runs; seed++)
            all.Add(curve(Simulator.Run(settings, seed)));
        return [.. Enumerable.Range(0, all.Max(one => one.Length)).Select(point => Point(all, point))];
    }

    static Estimate Point(List<double[]> all, int point)
    {
        double[] values =
            [.. all.Where(one => point < one.Length).Select(one => one[point]).Where(value => !double.IsNaN(value))];
        return values.Length == 0 ? new(double.NaN, double.NaN, 0)
            : new(Sample.Mean(values), Sample.Deviation(values), values.Length);
    }
}
