using TinyResilient.Lab.Model;

namespace TinyResilient.Lab.Stage;

/// <summary>
/// Success that is expected in each second of one lane: the mean of simulated runs, to which more can be added. Seconds in
/// which no request is due are as the one before. Never looks at a clock.
/// </summary>
sealed class Forecast(ModelSettings settings, int seconds)
{
    /// <summary>More would change what is drawn by less than a line is thick.</summary>
    const int MostRuns = 200;

    /// <summary>One run is not a mean.</summary>
    const int FewestRuns = 2;

    readonly long[] _all = new long[seconds], _good = new long[seconds];

    public int Runs { get; private set; }

    /// <summary>Runs that cost about so many simulated requests. A request takes 1 to 4 microseconds of one core.</summary>
    public int RunsOf(double requests) =>
        (int)Math.Clamp(requests / Math.Max(1, settings.Arrivals.Rate * seconds), FewestRuns, MostRuns);

    /// <exception cref="OperationCanceledException">It was stopped; what is there is of no use.</exception>
    public void RunUpTo(int runs, CancellationToken stop)
    {
        while (Runs < runs)
        {
            foreach (var request in Simulator.Run(settings, ++Runs, stop).Requests)
            {
                var second = Math.Min((int)request.Start, seconds - 1);
                _all[second]++;
                if (request.Succeeded)
                    _good[second]++;
            }
        }
    }

    public IReadOnlyList<double> Percent
    {
        get
        {
            var percent = new double[seconds];
            var last = Math.Max(0, Array.FindIndex(_all, all => all > 0)); // whatever precedes the first request is as the first
            for (var second = 0; second < seconds; second++)
            {
                last = _all[second] > 0 ? second : last;
                percent[second] = _all[last] == 0 ? 0 : Math.Round(100.0 * _good[last] / _all[last], 2);
            }
            return percent;
        }
    }
}
