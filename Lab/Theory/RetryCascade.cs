namespace TinyResilient.Lab.Theory;

/// <summary>
/// Scenario retry-cascade: every layer retries what the layer below has retried already. Source: Google SRE book,
/// chapter 22 (64 attempts from 3 layers of 4).
/// </summary>
static class RetryCascade
{
    /// <summary>Attempts at the bottom for one request at the top while all fail: n^depth.</summary>
    public static double Attempts(int attemptsPerLayer, int depth) => Math.Pow(attemptsPerLayer, depth);

    /// <summary>
    /// Mean attempts at the bottom with independent errors f there: the layer above sees f^n, and so on.
    /// </summary>
    public static double MeanAttempts(double f, int attemptsPerLayer, int depth)
    {
        var mean = 1.0;
        for (var layer = 0; layer < depth; layer++)
        {
            mean *= Errors.AttemptsPerRequest(f, attemptsPerLayer);
            f = Math.Pow(f, attemptsPerLayer);
        }

        return mean;
    }
}
