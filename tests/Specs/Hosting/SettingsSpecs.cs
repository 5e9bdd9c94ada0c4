using System.Net;
using System.Text.Json;
using TinyResilient.Shared.Hosting;
using Xunit;

namespace Specs.Hosting;

public class SettingsSpecs
{
    static readonly ServiceDefaults Defaults = new("service-b", HttpPort: 8001, RemotePort: 5053);

    [Fact]
    public void Binds_to_loopback_and_asks_for_no_token_unless_told_otherwise()
    {
        var settings = Samples.Settings();
        Assert.Equal((IPAddress.Loopback, 8001), (settings.HttpBind, settings.HttpPort));
        Assert.Equal(("127.0.0.1", 5053, "127.0.0.1"), (settings.RemoteBind, settings.RemotePort, settings.RemotePublicHost));
        Assert.Equal((ControlFrom.Loopback, null, null, null),
            (settings.ControlFrom, settings.ControlToken, settings.RemoteTls, settings.Cluster));
        Assert.Equal(["localhost", "127.0.0.1", "[::1]", "service-b"], settings.AllowedHosts);
    }

    [Theory]
    [InlineData("HTTP_PORT", "abc", "\"abc\" is not a whole number in 1..65535")]
    [InlineData("HTTP_PORT", "0", "\"0\" is not a whole number in 1..65535")]
    [InlineData("HTTP_BIND", "1", "\"1\" is not an IP address")]
    [InlineData("REMOTE_BIND", "a b", "\"a b\" is not an IP address or a host name")]
    [InlineData("CONTROL_FROM", "all", "\"all\" is not one of loopback, any")]
    [InlineData("ALLOWED_HOSTS", "a,b:80", "\"a,b:80\" is not a list of host names without ports")]
    [InlineData("LOG_LEVEL", "2", "\"2\" is not one of trace, debug, info, warn, error")]
    [InlineData("REMOTE_TLS_CERT", "nowhere.pfx", "\"nowhere.pfx\" is not a file that exists")]
    [InlineData("CLUSTER_SEEDS", "a:1,b", "\"a:1,b\" is not a list of host:port")]
    [InlineData("CLUSTER_DOWN_AFTER_S", "20", "must be set when CLUSTER_DOWN_AFTER_S is", "CLUSTER_SEEDS")]
    [InlineData("EXIT_WITH_PARENT", "yes\nno", "\"yes?no\" is not true or false")]
    public void A_bad_value_is_one_line_with_setting_value_and_what_is_allowed(string name, string value, string error, string? blamed = null)
    {
        var environment = Samples.Environment((name, value));
        ServiceSettings.Read(environment, Defaults);
        Assert.Equal([$"{blamed ?? name}: {error}"], environment.Errors);
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once()
    {
        var environment = Samples.Environment(
            ("HTTP_PORT", "x"), ("REMOTE_BIND", "0.0.0.0"), ("REMOTE_TLS_PIN", "12"), ("FAILURE_RATE", "7"));
        ServiceSettings.Read(environment, Defaults);
        KnobStore.Read(Samples.All, environment);
        Assert.Equal(["HTTP_PORT", "REMOTE_PUBLIC_HOST", "REMOTE_TLS_PIN", "FAILURE_RATE"],
            environment.Errors.Select(line => line.Split(':')[0]));
    }

    [Fact]
    public void A_variable_that_nobody_reads_and_that_is_nearly_one_that_is_read_is_noticed()
    {
        var environment = Samples.Environment();
        KnobStore.Read(Samples.All, environment);
        Assert.Equal([("FAILURE_RAT", "FAILURE_RATE"), ("failure_rate", "FAILURE_RATE"), ("JITER", "JITTER")],
            environment.Misspelt(["PATH", "FAILURE_RAT", "FAILURE_RATE", "failure_rate", "MAX_RETRIES", "JITER"]));
    }

    [Fact]
    public void Who_has_no_remoting_reads_nothing_of_it()
    {
        var environment = Samples.Environment(("REMOTE_BIND", "0.0.0.0"), ("REMOTE_PORT", "x"), ("REMOTE_TLS_PIN", "12"), ("HTTP_PORT", "8080"));
        Assert.Equal(8080, ServiceSettings.Read(environment, new("lab", HttpPort: 1, RemotePort: null)).HttpPort);
        Assert.Empty(environment.Errors);
    }

    [Fact]
    public void Token_and_password_are_never_shown()
    {
        var path = typeof(SettingsSpecs).Assembly.Location;
        var settings = Samples.Settings(
            ("CONTROL_TOKEN", "hush1"), ("REMOTE_TLS_CERT", path), ("REMOTE_TLS_PASSWORD", "hush2"));
        Assert.DoesNotContain("hush", settings.ToString() + settings.RemoteTls, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", JsonSerializer.Serialize(settings.ControlToken), StringComparison.Ordinal);

        var environment = Samples.Environment(("CONTROL_TOKEN", "hush hush"));
        ServiceSettings.Read(environment, Defaults);
        Assert.DoesNotContain("hush", Assert.Single(environment.Errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CONTROL_TOKEN", " ", "CONTROL_TOKEN: must be 1 to 256 visible ASCII characters without blanks")]
    [InlineData("REMOTE_PORT", "5060", "REMOTE_PORT: must differ from HTTP_PORT, which is 5060")]
    public void A_token_of_blanks_is_no_token_and_two_ports_are_no_one(string name, string value, string error)
    {
        var environment = Samples.Environment(("HTTP_PORT", "5060"), (name, value));
        ServiceSettings.Read(environment, Defaults);
        Assert.Equal([error], environment.Errors);
    }

    [Fact]
    public void Thumbprints_are_read_with_colons_and_in_any_case()
    {
        var path = typeof(SettingsSpecs).Assembly.Location;
        var pin = string.Join(':', Enumerable.Repeat("ab", 20));
        var settings = Samples.Settings(("REMOTE_TLS_CERT", path), ("REMOTE_TLS_PIN", pin));
        Assert.Equal([string.Concat(Enumerable.Repeat("AB", 20))], settings.RemoteTls!.PinnedThumbprints);
    }

    [Fact]
    public void Seeds_make_a_cluster_that_waits_twenty_seconds_for_members_it_cannot_reach()
    {
        var cluster = Samples.Settings(("CLUSTER_SEEDS", "service-a:5054, 10.0.0.2:5053")).Cluster!;
        Assert.Equal(["service-a:5054", "10.0.0.2:5053"], cluster.Seeds.Select(seed => $"{seed}"));
        Assert.Equal(TimeSpan.FromSeconds(20), cluster.DownAfter);
    }

    [Fact]
    public void A_member_that_is_bound_to_every_address_is_known_by_its_host_name_over_HTTP_as_well()
    {
        var settings = Samples.Settings(("CLUSTER_SEEDS", "service-a:5054"), ("REMOTE_BIND", "0.0.0.0"));
        Assert.Equal(Dns.GetHostName(), settings.RemotePublicHost);
        Assert.Contains(Dns.GetHostName(), settings.AllowedHosts);
        Assert.Contains("service-b-7", Samples.Settings(("CLUSTER_SEEDS", "service-a:5054"), ("REMOTE_PUBLIC_HOST", "service-b-7")).AllowedHosts);
    }

    [Fact]
    public void Several_addresses_of_a_service_stand_between_commas()
    {
        var environment = Samples.Environment(("SERVICE_B_URL", "http://b1:8001, http://b2:8001"));
        Assert.Equal(["b1", "b2"], environment.Urls("SERVICE_B_URL", "http://127.0.0.1:8001").Select(url => url.Host));
    }
}
