using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace ProcessSpecs;

/// <summary>Chance is drawn from the seed: it obeys theory, and it can be repeated.</summary>
public sealed class ChanceSpecs(ITestOutputHelper screen)
{
    const int Requests = 2_000, AtATime = 32;
    const double Z = 3.2905; // 99.9 %, two-sided

    // f = 0.3, three attempts: P(success) = 1 - f^3; attempts per request 1 + f + f^2, which are 1, 2 or 3
    // with probability 0.7, 0.21 and 0.09.
    const double Success = 0.973, Attempts = 1.39, AttemptsVariance = 0.4179;

    [Fact]
    public async Task Two_thousand_requests_obey_theory_and_a_fresh_start_with_the_same_seed_repeats_every_one()
    {
        var first = await Run();
        var second = await Run();

        var (low, high) = Wilson(first.Values.Count(one => one.Status == 200));
        Assert.InRange(Success, low, high);
        var margin = Z * Math.Sqrt(AttemptsVariance / Requests);
        Assert.InRange(first.Values.Average(one => one.Attempts), Attempts - margin, Attempts + margin);
        Assert.Equal(first, second);
    }

    async Task<SortedDictionary<int, (int Status, int Attempts)>> Run()
    {
        using var pair = new Pair(screen, ("SEED", "42"), ("FAILURE_RATE", "0.3"), ("MAX_RETRIES", "2"),
            ("FAILURE_THRESHOLD", "0"), ("BASE_LATENCY_MS", "0"), ("MAX_LATENCY_MS", "4"), ("BACKOFF_BASE_MS", "2"),
            ("WORKERS", "100"), ("QUEUE_LIMIT", "10000"), ("REQUEST_TIMEOUT_S", "20"), ("TOTAL_TIMEOUT_S", "60"));
        await pair.StartBoth();
        var outcomes = new SortedDictionary<int, (int, int)>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtATime };
        await Parallel.ForEachAsync(Enumerable.Range(1, Requests), options, async (number, _) =>
        {
            var answer = await pair.ClientA.Process($"42-{number}");
            lock (outcomes)
                outcomes[number] = (answer.Status, answer.Attempts);
        });
        await Books.Attempts(pair.ClientA);
        return outcomes;
    }

    // E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference, JASA 22 (1927).
    static (double Low, double High) Wilson(int successes)
    {
        var (p, z2) = ((double)successes / Requests, Z * Z);
        var centre = p + z2 / (2 * Requests);
        var half = Z * Math.Sqrt(p * (1 - p) / Requests + z2 / (4.0 * Requests * Requests));
        return ((centre - half) / (1 + z2 / Requests), (centre + half) / (1 + z2 / Requests));
    }
}
