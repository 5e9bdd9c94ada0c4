using System.Net;
using Microsoft.AspNetCore.Http;
using TinyResilient.Shared.Hosting;
using Xunit;

namespace Specs.Hosting;

public class ControlSurfaceSpecs
{
    [Theory]
    [InlineData("localhost:8001", true)]
    [InlineData("LocalHost", true)]
    [InlineData("[::1]:8001", true)]
    [InlineData("service-b:8001", true)]
    [InlineData("evil.example", false)]
    [InlineData("localhost.evil.example", false)]
    [InlineData("", false)]
    public void Only_our_own_host_names_are_answered_for_reads_too(string host, bool answered) =>
        Assert.Equal(answered ? null : 400, Refusal("GET", host: host));

    [Theory]
    [InlineData("http://localhost:8001", true)]
    [InlineData("http://127.0.0.1:8001", true)]
    [InlineData("http://service-b:8001", false)]
    [InlineData("http://localhost:9999", false)]
    [InlineData("https://localhost:8001", false)]
    [InlineData("http://evil.example", false)]
    [InlineData("null", false)]
    [InlineData("", false)]
    public void A_foreign_origin_is_refused_for_reads_too(string origin, bool answered) =>
        Assert.Equal(answered ? null : 403, Refusal("GET", headers: ("Origin", origin)));

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("10.0.0.7", false)]
    [InlineData("::ffff:10.0.0.7", false)]
    [InlineData(null, false)]
    public void Only_this_machine_may_change_something_unless_any_may(string? peer, bool answered)
    {
        foreach (var method in new[] { "PATCH", "PUT", "POST", "DELETE" })
        {
            Assert.Equal(answered ? null : 403, Refusal(method, peer));
            Assert.Null(Refusal(method, peer, Samples.Settings(("CONTROL_FROM", "any"))));
        }
        Assert.Null(Refusal("GET", peer));
    }

    [Theory]
    [InlineData("Bearer s3cret", true)]
    [InlineData("bearer s3cret", true)]
    [InlineData("Bearer s3cre", false)]
    [InlineData("Bearer ", false)]
    [InlineData("Basic s3cret", false)]
    [InlineData("s3cret", false)]
    [InlineData("", false)]
    public void Where_a_token_is_set_a_change_needs_it(string authorization, bool answered)
    {
        var settings = Samples.Settings(("CONTROL_TOKEN", "s3cret"));
        var header = ("Authorization", authorization);
        Assert.Equal(answered ? null : 401, Refusal("PATCH", settings: settings, headers: header));
        Assert.Null(Refusal("GET", settings: settings, headers: header));
    }

    [Fact]
    public async Task A_refusal_for_want_of_a_token_says_which_scheme_is_asked_for()
    {
        await using var service = await InMemoryService.Start(
            app => app.MapKnobs(Samples.Store(), "B"), Samples.Settings(("CONTROL_TOKEN", "s3cret")));
        var answer = await service.Patch("/knobs", """{"FAILURE_RATE":0.6}""");
        Assert.Equal("must be Bearer and the token of CONTROL_TOKEN", answer.Error("Authorization"));
        Assert.Equal("Bearer", answer.Response.Headers.WwwAuthenticate.ToString());
        Assert.DoesNotContain("s3cret", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_refused_is_told_with_its_value()
    {
        await using var service = await InMemoryService.Start(app => app.MapKnobs(Samples.Store(), "B"), Samples.Settings());
        Assert.EndsWith("(ALLOWED_HOSTS), but is evil.example", (await service.Send(HttpMethod.Get, "/knobs", null, ("Host", "evil.example"))).Error("Host"));
        Assert.Equal("must be this service itself, or absent, but is null", (await service.Send(HttpMethod.Get, "/knobs", null, ("Origin", "null"))).Error("Origin"));
    }

    static int? Refusal(string method, string? peer = "127.0.0.1", ServiceSettings? settings = null,
        string host = "localhost:8001", params (string Name, string Value)[] headers)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.Scheme = "http";
        context.Request.Host = new HostString(host);
        context.Connection.RemoteIpAddress = peer is null ? null : IPAddress.Parse(peer);
        foreach (var (name, value) in headers)
            context.Request.Headers[name] = value;
        var check = new ControlSurface(settings ?? Samples.Settings(), TimeProvider.System).Check(context);
        return check.IsCompletedSuccessfully ? check.Result?.Status
            : throw new InvalidOperationException("without a proof no body is read");
    }
}
