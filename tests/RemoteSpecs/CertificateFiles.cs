using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Hosting.Remoting;

namespace RemoteSpecs;

/// <summary>Certificates in files of a directory that goes with it.</summary>
sealed class CertificateFiles : IDisposable
{
    readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory();

    public RemoteTls Make(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var file = PathOf(name + ".p12");
        File.WriteAllBytes(file, certificate.Export(X509ContentType.Pkcs12, "password"));
        return new RemoteTls(file, new Secret("password"), []);
    }

    public string PathOf(string file) => Path.Combine(_directory.FullName, file);

    public static string Thumbprint(RemoteTls tls)
    {
        using var certificate = X509CertificateLoader.LoadPkcs12FromFile(tls.CertificateFile, tls.Password?.Reveal());
        return certificate.GetCertHashString(HashAlgorithmName.SHA256);
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
