using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akka.Remote.Hosting;

namespace TinyResilient.Shared.Hosting.Remoting;

/// <summary>Reads the certificate of mutual TLS, and decides which certificates of peers are accepted.</summary>
static class Certificates
{
    // ERROR_INVALID_PASSWORD as an HRESULT, on every platform
    const int WrongPassword = unchecked((int)0x80070056);

    /// <exception cref="RemotingSettingException">File, password or thumbprint is not usable.</exception>
    internal static SslOptions Mutual(RemoteTls tls)
    {
        var own = Load(tls);
        var pins = tls.PinnedThumbprints.Select(Pin).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (pins.Count == 0)
            pins.Add(own.GetCertHashString(HashAlgorithmName.SHA256));
        return new SslOptions
        {
            X509Certificate = own,
            RequireMutualAuthentication = true,
            CustomValidator = (peer, _, _, _, _) => peer is not null && IsPinned(peer, pins),
        };
    }

    static X509Certificate2 Load(RemoteTls tls)
    {
        try
        {
            var own = X509CertificateLoader.LoadPkcs12FromFile(tls.CertificateFile, tls.Password?.Reveal());
            return own.HasPrivateKey ? own : throw Certificate(tls, "holds no private key", null);
        }
        catch (CryptographicException wrong) when (wrong.HResult == WrongPassword)
        {
            throw new RemotingSettingException(
                "REMOTE_TLS_PASSWORD", $"it does not open {tls.CertificateFile}", wrong);
        }
        catch (Exception unreadable)
            when (unreadable is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw Certificate(tls, "is not a readable PKCS#12 file", unreadable);
        }
    }

    static RemotingSettingException Certificate(RemoteTls tls, string problem, Exception? cause) =>
        new("REMOTE_TLS_CERT", $"{tls.CertificateFile} {problem}", cause);

    static string Pin(string thumbprint)
    {
        var hex = thumbprint.Replace(":", "", StringComparison.Ordinal).Trim();
        return hex.Length is 40 or 64 && hex.All(char.IsAsciiHexDigit)
            ? hex
            : throw new RemotingSettingException(
                "REMOTE_TLS_PIN", $"'{thumbprint}' is not a SHA-256 or SHA-1 thumbprint in hex");
    }

    static bool IsPinned(X509Certificate2 peer, HashSet<string> pins) =>
        pins.Contains(peer.GetCertHashString(HashAlgorithmName.SHA256)) || pins.Contains(peer.Thumbprint);
}
