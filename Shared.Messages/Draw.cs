using System.Text;

namespace TinyResilient.Shared.Messages;

/// <summary>
/// Chance that can be repeated: a draw depends on (seed, name, request id, attempt) and on nothing else, not on
/// thread, pool or time. Mixed with the finaliser of SplitMix64 (Steele, Lea, Flood 2014) over FNV-1a hashes.
/// </summary>
public static class Draw
{
    /// <summary>A number in [0,1), evenly spread. An event of probability p happens where the draw is below p.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="name">What is drawn, such as the fault's name: draws of two names are independent.</param>
    /// <param name="requestId">Id of the request.</param>
    /// <param name="attempt">Number of the attempt, from 1.</param>
    public static double Unit(long seed, string name, string requestId, int attempt)
    {
        var mixed = Mix((ulong)seed);
        mixed = Mix(mixed ^ Hash(name));
        mixed = Mix(mixed ^ Hash(requestId));
        mixed = Mix(mixed ^ (ulong)attempt);
        return (mixed >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>FNV-1a, 64 bits, of the text's UTF-8 bytes.</summary>
    public static ulong Hash(string text)
    {
        Span<byte> buffer = stackalloc byte[256];
        var bytes = Encoding.UTF8.TryGetBytes(text, buffer, out var length) ? buffer[..length] : Encoding.UTF8.GetBytes(text);
        var hash = 14695981039346656037UL;
        foreach (var next in bytes)
            hash = (hash ^ next) * 1099511628211UL;
        return hash;
    }

    static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15UL;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
