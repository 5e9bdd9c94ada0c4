using TinyResilient.Lab.Theory;

namespace TinyResilient.Lab.Model;

/// <summary>
/// Clients that all fail and come back, each at a time of its own within a wave. The worst interval of one such wave holds more
/// than its share of an even one, because chance makes some place the densest.
/// </summary>
static class ModelWave
{
    /// <summary>Share of the clients that come back within the worst interval of a run, 0 to 1.</summary>
    /// <param name="spread">Seconds over which they fail, evenly.</param>
    /// <param name="interval">Seconds.</param>
    /// <param name="runs">Seeds 1 to this.</param>
    public static Estimate Worst(RetryWave wave, int clients, double spread, double interval, int runs) =>
        Estimate.Of(Enumerable.Range(1, runs).Select(seed => Worst(new Chance(seed), wave, clients, spread, interval)));

    static double Worst(Chance chance, RetryWave wave, int clients, double spread, double interval)
    {
        double[] back = [.. Enumerable.Range(0, clients).Select(client =>
            spread * client / clients + wave.From + (wave.To - wave.From) * chance.Unit(Drawn.Backoff, client)).Order()];
        var (most, first) = (0, 0);
        for (var last = 0; last < clients; last++)
        {
            while (back[last] - back[first] > interval)
                first++;
            most = Math.Max(most, last - first + 1);
        }
        return (double)most / clients;
    }
}
