using Akka.Actor;

namespace TinyResilient.Shared.Hosting.Remoting;

/// <summary>What a service's remoting needs to know.</summary>
/// <param name="Bind">Address to listen on, e.g. 127.0.0.1 or 0.0.0.0.</param>
/// <param name="Port">Port to listen on; 0 lets the system choose.</param>
/// <param name="PublicHost">
/// The name under which peers dial this process. They must write it just so: localhost is not 127.0.0.1.
/// </param>
/// <param name="Tls">Mutual TLS, or null for plain TCP.</param>
/// <param name="TrustedPaths">The only actors that a peer may select, e.g. /user/actor-pool.</param>
public sealed record RemotingOptions(
    string Bind, int Port, string PublicHost, RemoteTls? Tls, IReadOnlyList<string> TrustedPaths)
{
    /// <summary>First part of every remote address; it changes with TLS, so never write it out.</summary>
    public string Protocol => Tls is null ? "akka.tcp" : "akka.ssl.tcp";

    /// <summary>Address of a peer that has the same TLS setting as this process.</summary>
    public Address AddressOf(string system, string host, int port) => new(Protocol, system, host, port);
}

/// <summary>Mutual TLS: both sides show a certificate, and accept those whose thumbprint they know.</summary>
/// <param name="CertificateFile">PKCS#12 file with certificate and private key.</param>
/// <param name="Password">The file's password, or null.</param>
/// <param name="PinnedThumbprints">
/// SHA-256 or SHA-1 thumbprints of the peers' certificates, in hex, colons allowed. None: only our own.
/// </param>
public sealed record RemoteTls(
    string CertificateFile, Secret? Password, IReadOnlyList<string> PinnedThumbprints);

/// <summary>A remoting setting that cannot work. The message is one line and names the setting.</summary>
public sealed class RemotingSettingException(string setting, string problem, Exception? cause = null)
    : Exception($"{setting}: {problem}", cause)
{
    /// <summary>Name of the environment variable.</summary>
    public string Setting => setting;
}
