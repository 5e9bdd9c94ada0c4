using System.Text;
using TinyResilient.LoadTest;
using Xunit;

namespace Specs.LoadTest;

public class ProcessContractSpecs
{
    const string Process = "http://localhost:8000/process";

    [Fact]
    public void Reads_a_success()
    {
        var answer = Read(200, """
            {"ok":true,"data":{"status":"ok","host":"b","processing_ms":412},"attempts":2,
             "breaker_state":"half_open","total_latency_ms":420.12,"note":"success"}
            """);

        Assert.Equal(new Answer(Outcome.Succeeded, null, 2, BreakerState.HalfOpen), answer);
    }

    [Theory]
    [InlineData(502, "failure: all retries failed: upstream 500", Outcome.Failed, "upstream 500")]
    [InlineData(502, "failure: upstream 500", Outcome.Failed, "upstream 500")]
    [InlineData(504, "failure: all retries failed: timeout", Outcome.Failed, "timeout")]
    [InlineData(502, "failure: retry budget exhausted: timeout", Outcome.Failed, "retry budget exhausted: timeout")]
    [InlineData(503, "failure: circuit open", Outcome.Refused, "circuit open")]
    [InlineData(503, "failure: service-b busy", Outcome.Refused, "service-b busy")]
    [InlineData(200, "failure: upstream 500", Outcome.Failed, "upstream 500")]
    [InlineData(500, "", Outcome.Failed, "HTTP 500")]
    public void Takes_the_cause_from_the_note(int status, string note, Outcome outcome, string cause)
    {
        var answer = Read(status, $$"""
            {"ok":false,"data":null,"attempts":0,"breaker_state":"open","note":"{{note}}"}
            """);

        Assert.Equal(new Answer(outcome, cause, 0, BreakerState.Open), answer);
    }

    [Theory]
    [InlineData(200, "<html>", Outcome.Failed, "answer is not JSON")]
    [InlineData(200, "", Outcome.Failed, "answer is not JSON")]
    [InlineData(502, "<html>", Outcome.Failed, "HTTP 502")]
    [InlineData(503, "", Outcome.Refused, "HTTP 503")]
    [InlineData(429, "{}", Outcome.Refused, "HTTP 429")]
    [InlineData(302, "", Outcome.Failed, "HTTP 302")]
    [InlineData(200, """{"status":"ok","host":"b","processing_ms":1}""", Outcome.Succeeded, null)]
    [InlineData(200, "[1]", Outcome.Succeeded, null)]
    public void Judges_what_is_not_the_contract_by_the_status_but_wants_JSON(
        int status, string body, Outcome outcome, string? cause) =>
        Assert.Equal(new Answer(outcome, cause, null, null), Read(status, body));

    [Theory]
    [InlineData("http://localhost:8000/livez")]
    [InlineData("http://localhost:8000/processes")]
    public void Wants_no_JSON_from_other_addresses(string url) =>
        Assert.Equal(Outcome.Succeeded, Read(200, "ok", url).Outcome);

    [Theory]
    [InlineData("""{"ok":true,"attempts":"1","breaker_state":7}""")]
    [InlineData("""{"ok":true,"attempts":-1,"breaker_state":"melted"}""")]
    [InlineData("""{"ok":true,"attempts":99999999999,"note":null}""")]
    public void Takes_a_field_it_cannot_read_as_not_told(string body) =>
        Assert.Equal(new Answer(Outcome.Succeeded, null, null, null), Read(200, body));

    [Fact]
    public void Lets_no_control_character_and_no_novel_through()
    {
        var cause = Read(502, $$"""{"ok":false,"note":"failure: \u001b[31mred\n{{new string('x', 500)}}"}""").Cause;

        Assert.StartsWith("[31mredx", cause);
        Assert.InRange(cause!.Length, 70, 80);
    }

    static Answer Read(int status, string body, string url = Process) =>
        ProcessContract.Read(new Uri(url), status, Encoding.UTF8.GetBytes(body));
}
