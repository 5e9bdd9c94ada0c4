using System.Text.Json;
using TinyResilient.LoadTest;
using Xunit;
using static Specs.LoadTest.Samples;

namespace Specs.LoadTest;

public class ResultFormatSpecs
{
    [Fact]
    public void Json_holds_everything_that_was_measured()
    {
        var report = new Report(UsersRun(), Defaults, [new("success>=95", false, 78, "%")]);
        using var document = JsonDocument.Parse(JsonReport.Text(report));
        var json = document.RootElement;

        Assert.Equal("http://localhost:8000/process", json.GetProperty("url").GetString());
        Assert.Equal(42, json.GetProperty("seed").GetInt64());
        Assert.Equal(20, json.GetProperty("asked_rate").GetDouble());
        Assert.Equal(156, json.GetProperty("requests").GetProperty("succeeded").GetInt64());
        Assert.Equal(78, json.GetProperty("requests").GetProperty("success_percent").GetDouble());
        Assert.Equal(702.921, json.GetProperty("response").GetProperty("p95_ms").GetDouble());
        Assert.Equal(4.2, json.GetProperty("breaker_open").GetProperty("first_seen_s").GetDouble());
        Assert.Equal("refused", json.GetProperty("causes")[0].GetProperty("outcome").GetString());
        Assert.Equal("circuit open", json.GetProperty("causes")[0].GetProperty("cause").GetString());
        Assert.False(json.GetProperty("thresholds")[0].GetProperty("met").GetBoolean());
        Assert.Equal(97.3, json.GetProperty("theory").GetProperty("success_percent").GetDouble(), 9);
        Assert.StartsWith("The breaker was seen open", json.GetProperty("story").GetString());
        Assert.Equal(19, json.GetProperty("seconds")[0].GetProperty("counts").GetProperty("succeeded").GetInt64());
    }

    [Fact]
    public void Json_has_null_where_there_is_no_number()
    {
        using var document = JsonDocument.Parse(JsonReport.Text(new(Fold(), null, [])));

        Assert.All(
            ["response", "response_ok", "schedule_lag", "breaker_open", "theory", "clients"],
            name => Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty(name).ValueKind));
    }

    [Fact]
    public void Csv_has_a_row_for_every_second_even_an_empty_one()
    {
        var run = Fold(Taking(10, Ok), Taking(20, Failure), Taking(30, Refusal, dueMs: 2500));

        Assert.Equal(
            """
            second,sent,succeeded,refused,failed,no_answer,dropped,closed,half_open,open,avg_ms,p50_ms,p95_ms,p99_ms,max_ms,lag_max_ms
            0,2,1,0,1,0,0,2,0,0,15.000,10.047,20.000,20.000,20.000,0.000
            1,0,0,0,0,0,0,0,0,0,,,,,,
            2,1,0,1,0,0,0,0,0,1,30.000,30.000,30.000,30.000,30.000,0.000

            """,
            CsvReport.Text(run with { Sending = Ms(3000) }));
    }
}
