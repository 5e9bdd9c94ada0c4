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

    /// <summary>Of one number for each run. A run that does not have it (NaN) is left out, as it is of what was measured.</summary>
    public static Estimate Of(IEnumerable<double> each)
    {
        double[] values = [.. each.Where(value => !double.IsNaN(value))];
        return values.Length == 0 ? new(double.NaN, double.NaN, 0) : new(Sample.Mean(values), Sample.Deviation(values), values.Length);
    }
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
        Estimate.Of(Each(settings, runs, statistic));

    /// <summary>Mean and scatter of each point of a run's curve.</summary>
    public static Estimate[] Curve(ModelSettings settings, int runs, Func<ModelRun, double[]> curve)
    {
        var all = Each(settings, runs, curve);
        return [.. Enumerable.Range(0, all.Max(one => one.Length)).Select(point =>
            Estimate.Of(all.Select(one => point < one.Length ? one[point] : double.NaN)))];
    }

    /// <summary>What each run gives, in the order of the seeds.</summary>
    public static T[] Each<T>(ModelSettings settings, int runs, Func<ModelRun, T> take)
    {
        var all = new T[runs];
        Parallel.For(0, runs, run => all[run] = take(Simulator.Run(settings, run + 1)));
        return all;
    }
}
