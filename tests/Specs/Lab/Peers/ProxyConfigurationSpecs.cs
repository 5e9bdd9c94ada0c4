using TinyResilient.Lab.Peers;
using TinyResilient.Lab.Scenarios;
using Xunit;

namespace Specs.Lab.Peers;

public class ProxyConfigurationSpecs
{
    static readonly string[] five = [.. Enumerable.Range(1, 5).Select(node => $"127.0.0.1:900{node}")];

    [Fact]
    public void Haproxy_has_the_attempts_and_timeouts_of_the_arm()
    {
        var text = Text(Proxy.HaProxy, "errors", five[..1]);
        Assert.Contains("    retries 2\n", text, StringComparison.Ordinal);
        Assert.Contains("    timeout server  2000ms\n", text, StringComparison.Ordinal);
        Assert.Contains("    bind 127.0.0.1:9000\n", text, StringComparison.Ordinal);
        Assert.EndsWith("    server b1 127.0.0.1:9001 maxconn 8534\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Haproxy_takes_a_bad_one_of_several_servers_out_for_the_cool_down() => Assert.Contains(
        "    server b2 127.0.0.1:9002 maxconn 2134 check inter 1s rise 1 downinter 5000ms observe layer7 error-limit 2 on-error mark-down\n",
        Text(Proxy.HaProxy, "one-bad-node", five), StringComparison.Ordinal);

    [Fact]
    public void Nginx_has_a_single_server_once_for_each_attempt_as_it_retries_on_another_only()
    {
        var text = Text(Proxy.Nginx, "metastable", five[..1]);
        Assert.Contains(string.Concat(Enumerable.Repeat("    server 127.0.0.1:9001 max_conns=33 max_fails=0;\n", 3)) + "    keepalive", text, StringComparison.Ordinal);
        Assert.Contains("proxy_next_upstream_tries 3;", text, StringComparison.Ordinal);
        Assert.Contains("proxy_read_timeout    500ms;", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Nginx_takes_a_bad_one_of_several_servers_out_for_the_cool_down() => Assert.Contains(
        "    server 127.0.0.1:9005 max_conns=2134 max_fails=2 fail_timeout=5s;\n", Text(Proxy.Nginx, "one-bad-node", five), StringComparison.Ordinal);

    [Theory]
    [InlineData("haproxy", "http-request del-header X-Request-Id", "http-request set-header X-Budget-Ms 500")]
    [InlineData("nginx", "proxy_set_header X-Request-Id \"\";", "proxy_set_header X-Budget-Ms 500;")]
    public void A_retry_carries_no_id_that_would_meet_the_same_fate_and_says_how_long_it_waits(string program, string id, string budget)
    {
        var text = Text(Proxy.All.Single(proxy => proxy.Program == program), "metastable", five[..1]);
        Assert.Contains(id, text, StringComparison.Ordinal);
        Assert.Contains(budget, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_in_a_template_is_left_open() => Assert.All(
        from proxy in Proxy.All from name in ContestSpecs.All from nodes in (string[][])[five[..1], five] select Text(proxy, name, nodes),
        text => Assert.DoesNotMatch("@[A-Z_]+@", text));

    static string Text(Proxy proxy, string contest, string[] nodes) =>
        ProxyConfiguration.Text(proxy, ContestSpecs.Arms(contest).Single(arm => arm.Proxy == proxy), 9000, nodes);
}
