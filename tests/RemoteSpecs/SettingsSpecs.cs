using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Hosting.Remoting;
using Xunit;

namespace RemoteSpecs;

public sealed class SettingsSpecs : IDisposable
{
    readonly CertificateFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Good_settings_pass()
    {
        Tls(null).Check();
        Tls(_files.Make("ours")).Check();
        Tls(_files.Make("ours") with { PinnedThumbprints = [new string('a', 40), "AB:" + new string('c', 62)] }).Check();
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    public void A_public_host_that_nobody_can_dial_is_refused(string host) =>
        IsRefused(Tls(null) with { PublicHost = host }, "REMOTE_PUBLIC_HOST");

    [Fact]
    public void A_certificate_that_is_not_there_is_refused() =>
        IsRefused(Tls(new RemoteTls(_files.PathOf("none.p12"), null, [])), "REMOTE_TLS_CERT");

    [Fact]
    public void A_file_that_is_no_certificate_is_refused()
    {
        File.WriteAllText(_files.PathOf("text.p12"), "text");
        IsRefused(Tls(new RemoteTls(_files.PathOf("text.p12"), null, [])), "REMOTE_TLS_CERT");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public void A_wrong_password_is_refused(string? password) =>
        IsRefused(Tls(_files.Make("ours") with { Password = password is null ? null : new Secret(password) }), "REMOTE_TLS_PASSWORD");

    [Fact]
    public void A_thumbprint_that_is_none_is_refused() =>
        IsRefused(Tls(_files.Make("ours") with { PinnedThumbprints = ["abc"] }), "REMOTE_TLS_PIN");

    static RemotingOptions Tls(RemoteTls? tls) => new("127.0.0.1", 0, "127.0.0.1", tls, []);

    static void IsRefused(RemotingOptions options, string setting)
    {
        var refusal = Assert.Throws<RemotingSettingException>(options.Check);
        Assert.StartsWith(setting + ": ", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.DoesNotContain("wrong", refusal.Message, StringComparison.Ordinal);
    }
}
