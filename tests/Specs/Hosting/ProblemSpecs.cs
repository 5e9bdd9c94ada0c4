using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TinyResilient.Shared.Hosting;
using Xunit;

namespace Specs.Hosting;

public class ProblemSpecs
{
    static Task<InMemoryService> Start() => InMemoryService.Start(app =>
    {
        app.MapGet("/process", (HttpRequest request) =>
            RequestId.TryRead(request, out var id, out var problem) ? Results.Text(id) : problem!)
            .RefuseUnknownQuery("trace");
        app.MapGet("/bug", string () => throw new InvalidOperationException("hush"));
        app.MapPut("/faults", async (HttpRequest request) =>
            (await JsonBody.Read(request)).Problem ?? Results.NoContent());
    });

    [Theory]
    [InlineData("GET", "/nowhere", 404, "There is nothing at /nowhere.")]
    [InlineData("PUT", "/process", 405, "/process takes GET, not PUT.")]
    [InlineData("GET", "/process?x=1", 400, "x is not a parameter; there is trace")]
    [InlineData("GET", "/process?trace=1&trace=2", 400, "trace is given more than once")]
    [InlineData("GET", "/bug?x", 400, "x is not a parameter; there is none here")]
    [InlineData("GET", "/bug", 500, "The fault is in the service, not in the request; its log knows more.")]
    public async Task Everything_that_goes_wrong_is_a_problem_with_a_sentence(
        string method, string path, int status, string detail)
    {
        await using var service = await Start();
        var answer = await service.Send(new HttpMethod(method), path, method == "PUT" ? "{}" : null);
        Assert.Equal("application/problem+json", answer.Response.Content.Headers.ContentType?.MediaType);
        Assert.Equal((status, status), (answer.Status, answer.Json.GetProperty("status").GetInt32()));
        Assert.Equal(detail, answer.Json.GetProperty("detail").GetString());
        Assert.DoesNotContain("hush", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is missing: send a JSON object")]
    [InlineData("{\"a\":NaN}", "is not JSON at line 1, byte 6")]
    [InlineData("{\"a\":1,}", "is not JSON at line 1, byte 8")]
    [InlineData("{\"a\":\"\\ud800\"}", "has text that is not UTF-8, or half a surrogate pair")]
    public async Task A_body_that_is_not_JSON_is_refused(string body, string error)
    {
        await using var service = await Start();
        var answer = await service.Send(HttpMethod.Put, "/faults", body);
        Assert.Equal((400, error), (answer.Status, answer.Error("body")));
    }

    [Theory]
    [InlineData(65536, true, 400)]
    [InlineData(65536, false, 400)]
    [InlineData(65537, true, 413)]
    [InlineData(65537, false, 413)]
    public async Task A_body_over_64_KiB_is_refused_however_it_is_sent(int bytes, bool lengthKnown, int status)
    {
        await using var service = await Start();
        using var request = new HttpRequestMessage(HttpMethod.Put, "/faults");
        request.Content = new StreamContent(new MemoryStream(Encoding.ASCII.GetBytes(new string(' ', bytes))));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Content.Headers.ContentLength = lengthKnown ? bytes : null;
        request.Headers.TransferEncodingChunked = !lengthKnown;
        using var answer = await service.Client.SendAsync(request);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("application/json; charset=utf-8", 204)]
    [InlineData("text/plain", 415)]
    [InlineData("application/x-www-form-urlencoded", 415)]
    [InlineData("application/json; charset=utf-16", 415)]
    public async Task A_body_must_be_JSON_in_UTF_8(string contentType, int status)
    {
        await using var service = await Start();
        using var content = new StringContent("[]");
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        using var answer = await service.Client.PutAsync("/faults", content);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("seed-7_A.b", null)]
    [InlineData("a b", "a b")]
    [InlineData("a,b", "a,b")]
    [InlineData("ä", "ä")]
    public async Task A_request_id_is_taken_as_it_is_or_refused(string id, string? seen)
    {
        await using var service = await Start();
        var answer = await service.Get("/process", (RequestId.Header, id));
        Assert.Equal(seen is null ? 200 : 400, answer.Status);
        if (seen is null)
            Assert.Equal(id, answer.Text);
        else
            Assert.Equal($"must be one id of at most 64 of A-Z a-z 0-9 . _ -, but is {seen}", answer.Error(RequestId.Header));
    }

    [Fact]
    public async Task A_request_id_that_is_not_given_is_made_and_two_are_refused()
    {
        await using var service = await Start();
        Assert.True(RequestId.IsValid((await service.Get("/process")).Text));
        Assert.Equal(1_000, ParallelEnumerable.Range(0, 4).SelectMany(_ => Enumerable.Range(0, 250).Select(_ => RequestId.Make())).Distinct().Count());
        Assert.Equal(32, RequestId.Make().Length);
        Assert.True(RequestId.IsValid(new string('a', 64)) && !RequestId.IsValid(new string('a', 65)));
        Assert.Equal(400, (await service.Get("/process", (RequestId.Header, "a"), (RequestId.Header, "b"))).Status);

        var empty = new DefaultHttpContext();
        empty.Request.Headers[RequestId.Header] = "";
        Assert.False(RequestId.TryRead(empty.Request, out _, out _));
    }
}
