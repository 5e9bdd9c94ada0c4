namespace TinyResilient.Lab.Theory;

/// <summary>
/// When the retries of one round come: evenly spread from From to To, seconds after the common failure.
/// </summary>
readonly record struct RetryWave(double From, double To)
{
    /// <summary>Retries per second at their densest: clients / width; infinite where all come at one instant.</summary>
    public double PeakRate(int clients) => clients / (To - From);

    /// <summary>
    /// Retries in an interval of so many seconds at the densest, in the mean: clients times the share of the wave that fits. Of
    /// a few clients the worst interval holds more, by chance.
    /// </summary>
    public double Worst(int clients, double interval) =>
        To <= From ? clients : clients * Math.Min(1, interval / (To - From));

    /// <summary>Retries per second at this time.</summary>
    public double Density(int clients, double time) => time >= From && time < To ? PeakRate(clients) : 0;
}

/// <summary>
/// Scenario stampede: all clients lose their answer at once, and the first retry of each is due. Source: Brooker,
/// Exponential Backoff And Jitter, AWS Architecture Blog, 2015. Times are seconds; v is the pause before jitter.
/// </summary>
static class Stampede
{
    /// <summary>A fixed pause: all at one instant, and again at each round.</summary>
    public static RetryWave Fixed(double pause) => new(pause, pause);

    /// <summary>Exponential backoff without jitter, retry k: all at v (2^k - 1) after the failure.</summary>
    public static RetryWave Exponential(double first, int retry) =>
        Fixed(first * (Math.Pow(2, retry) - 1));

    /// <summary>U(0, v).</summary>
    public static RetryWave Full(double pause) => new(0, pause);

    /// <summary>v/2 + U(0, v/2).</summary>
    public static RetryWave Equal(double pause) => new(pause / 2, pause);

    /// <summary>min(cap, U(base, 3 base)) for the first retry.</summary>
    public static RetryWave Decorrelated(double pause) => new(pause, 3 * pause);

    /// <summary>
    /// Akka's BackoffSupervisor: v (1 + U(0, 1) x randomFactor), 0.2 by default: additive and narrow.
    /// </summary>
    public static RetryWave BackoffSupervisor(double pause, double randomFactor = 0.2) =>
        new(pause, pause * (1 + randomFactor));
}
