using TinyResilient.Lab.Statistics;

namespace TinyResilient.Lab.Model;

/// <summary>How long work takes, in seconds.</summary>
abstract record ServiceTime
{
    public static ServiceTime Fixed(double seconds) => new Spread(seconds, 0);

    /// <summary>A base and up to so much more, uniformly: as BASE_LATENCY_MS and MAX_LATENCY_MS.</summary>
    public static ServiceTime Uniform(double shortest, double extra) => new Spread(shortest, extra);

    public static ServiceTime Exponential(double mean) => new Memoryless(mean);

    /// <summary>Half take longer than the median; sigma is the deviation of the logarithm.</summary>
    public static ServiceTime Lognormal(double median, double sigma) => new HeavyTail(median, sigma);

    /// <summary>A share takes the one, all others the other.</summary>
    public static ServiceTime Mixed(double share, ServiceTime one, ServiceTime other) =>
        share >= 1 ? one : share <= 0 ? other : new Mixture(share, one, other);

    public abstract double Mean { get; }

    /// <param name="unit">A number in [0,1).</param>
    public abstract double At(double unit);

    sealed record Spread(double Shortest, double Extra) : ServiceTime
    {
        public override double Mean => Shortest + Extra / 2;
        public override double At(double unit) => Shortest + Extra * unit;
    }

    sealed record Memoryless(double Average) : ServiceTime
    {
        public override double Mean => Average;
        public override double At(double unit) => -Average * Math.Log(1 - unit);
    }

    sealed record HeavyTail(double Median, double Sigma) : ServiceTime
    {
        public override double Mean => Median * Math.Exp(Sigma * Sigma / 2);
        public override double At(double unit) => unit <= 0 ? 0 : Median * Math.Exp(Sigma * Normal.Quantile(unit));
    }

    sealed record Mixture(double Share, ServiceTime One, ServiceTime Other) : ServiceTime
    {
        public override double Mean => Share * One.Mean + (1 - Share) * Other.Mean;
        public override double At(double unit) =>
            unit < Share ? One.At(unit / Share) : Other.At((unit - Share) / (1 - Share));
    }
}
