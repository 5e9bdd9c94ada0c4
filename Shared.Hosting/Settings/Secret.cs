using System.Security.Cryptography;
using System.Text;

namespace TinyResilient.Shared.Hosting;

/// <summary>
/// A token or password. It never shows itself: not in a log, a debugger's text, or JSON. Whoever needs
/// the text must ask by name.
/// </summary>
public sealed class Secret(string value)
{
    /// <summary>The secret itself. Never log it, never put it in an answer.</summary>
    public string Reveal() => value;

    /// <summary>Compares in a time that depends neither on where the texts differ nor on their lengths.</summary>
    public bool Matches(string other) =>
        CryptographicOperations.FixedTimeEquals(Hash(value), Hash(other));

    /// <summary>HMAC-SHA256 of these words and bytes: only who knows the secret can make it.</summary>
    public byte[] Sign(string words, ReadOnlySpan<byte> bytes)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(value));
        mac.AppendData(Encoding.UTF8.GetBytes(words));
        mac.AppendData(bytes);
        return mac.GetHashAndReset();
    }

    public override string ToString() => "(set)";

    static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
