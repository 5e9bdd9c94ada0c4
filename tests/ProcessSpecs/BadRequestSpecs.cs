using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace ProcessSpecs;

/// <summary>Requests that cannot be meant: refused with a problem that names the field, and nothing happens.</summary>
public sealed class BadRequestSpecs(RunningPair running, ITestOutputHelper screen) : RunningPairSpecs(running, screen)
{
    [Theory]
    [InlineData(400, "GET", "/process?rps=3", "", "", "rps")]
    [InlineData(400, "GET", "/process?trace=yes", "", "", "trace")]
    [InlineData(400, "GET", "/process?trace=", "", "", "trace")]
    [InlineData(400, "GET", "/process", "X-Request-Id", "no blanks", "X-Request-Id")]
    [InlineData(400, "GET", "/process", "X-Request-Id", "12345678901234567890123456789012345678901234567890123456789012345", "X-Request-Id")]
    [InlineData(400, "GET", "/knobs", "Host", "evil.example", "Host")]
    [InlineData(403, "GET", "/state", "Origin", "http://evil.example", "Origin")]
    [InlineData(403, "POST", "/reset", "Origin", "null", "Origin")]
    [InlineData(405, "POST", "/process", "", "", null)]
    [InlineData(405, "GET", "/reset", "", "", null)]
    [InlineData(404, "GET", "/nothing", "", "", null)]
    public async Task A_request_is_refused(int status, string method, string path, string header, string value, string? field)
    {
        foreach (var service in new[] { A, B })
        {
            // Only ServiceA can trace, and on ServiceB any query is unknown.
            var answer = header == ""
                ? await service.Send(new HttpMethod(method), path, null)
                : await service.Send(new HttpMethod(method), path, null, (header, value));
            IsProblem(status, field, answer);
        }
        await NothingHappened();
    }

    [Theory]
    [InlineData(400, "not json", "body")]
    [InlineData(400, "{", "body")]
    [InlineData(400, "[]", "body")]
    [InlineData(400, "{}", "body")]
    [InlineData(400, """{"MAX_RETRIES":0,"MAX_RETRIES":1}""", "MAX_RETRIES")]
    [InlineData(400, """{"MAX_RETRIES":"0"}""", "MAX_RETRIES")]
    [InlineData(400, """{"MAX_RETRIES":null}""", "MAX_RETRIES")]
    public async Task A_body_is_refused(int status, string body, string field)
    {
        IsProblem(status, field, await A.Patch(body));
        await NothingHappened();
    }

    [Fact]
    public async Task A_body_of_more_than_64_KiB_is_refused()
    {
        IsProblem(413, "body", await A.Patch($$"""{"MAX_RETRIES":0,"x":"{{new string('x', 65_536)}}"}"""));
        await NothingHappened();
    }

    static void IsProblem(int status, string? field, Answer answer)
    {
        Assert.Equal(status, answer.Status);
        Assert.True(answer.IsProblem, answer.ContentType);
        if (field is not null)
            Assert.Contains(field, answer.Json["errors"]!.AsObject().Select(error => error.Key));
    }

    async Task NothingHappened()
    {
        Assert.Equal(2, (int)await A.Knob("MAX_RETRIES"));
        Assert.Equal(0, (await A.Ledger("requests")).Of("sent"));
        Assert.Equal(0, (await B.Ledger("attempts")).Of("received"));
        Assert.Equal(200, (await A.Process("good")).Status);
    }
}
