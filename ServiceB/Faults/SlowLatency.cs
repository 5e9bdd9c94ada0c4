namespace TinyResilient.ServiceB.Faults;

/// <summary>
/// The latency that <c>slow</c> puts in place of the usual one, in whole 10 µs: the last bit of a logarithm, which machines do
/// not compute alike, decides nothing.
/// </summary>
static class SlowLatency
{
    /// <summary>The tail of a wide lognormal distribution has no end; an hour outlasts every timeout.</summary>
    const double MostMs = 3_600_000;

    public static TimeSpan Of(Fault slow, Attempt attempt)
    {
        double Drawn(string what) => attempt.Drawn($"{slow.DrawName} {what}");
        var ms = slow.Distribution switch
        {
            LatencyShape.Fixed => slow.MedianMs,
            LatencyShape.Exponential => -Math.Log(1 - Drawn("length")) * slow.MedianMs / Math.Log(2),
            _ => slow.MedianMs * Math.Exp(slow.Sigma * Normal(Drawn("radius"), Drawn("angle"))),
        };
        return TimeSpan.FromMicroseconds(10 * (long)Math.Round(100 * Math.Min(ms, MostMs)));
    }

    // Box and Muller 1958
    static double Normal(double radius, double angle) =>
        Math.Sqrt(-2 * Math.Log(1 - radius)) * Math.Cos(2 * Math.PI * angle);
}
