namespace TinyResilient.Lab.Model;

/// <summary>What is drawn: draws of two names are independent.</summary>
enum Drawn
{
    Arrival, Weather, Work, Error, Node, Hang, Crash, Corrupt, QueryOfDeath, AckLost, Rest, Backoff, RetryNode,
}

/// <summary>
/// Chance that can be repeated: a draw depends on (seed, name, request, attempt) alone, so that two arms with one seed
/// meet the same fate until their policies part. Mixed with the finaliser of SplitMix64 (Steele, Lea, Flood 2014).
/// </summary>
sealed class Chance(long seed)
{
    readonly ulong start = Mix((ulong)seed);

    /// <summary>A number in [0,1), evenly spread.</summary>
    public double Unit(Drawn name, int request, int attempt = 0) =>
        (Mix(Mix(start ^ ((ulong)name << 32 | (uint)attempt)) ^ (uint)request) >> 11) * (1.0 / (1UL << 53));

    /// <summary>A wait without memory, mean 1.</summary>
    public double Exponential(Drawn name, int request) => -Math.Log(1 - Unit(name, request));

    static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15UL;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
