using System.Text;
using TinyResilient.LoadTest;
using Xunit;
using Theory = TinyResilient.LoadTest.Theory;

namespace Specs.LoadTest;

public class TheorySpecs
{
    [Fact]
    public void Says_what_the_defaults_give()
    {
        var theory = Knobs.Read(new Uri("http://localhost:8000/process"), Answer())!.Predict(200);

        Assert.Equal(97.3, theory.SuccessPercent, 9);
        Assert.Equal(1.39, theory.AttemptsPerRequest, 9);
        Assert.InRange(theory.TripPercent!.Value, 37, 40); // about 4 runs of 10
    }

    [Xunit.Theory]
    [InlineData(0.3, 30, 800, 1000, 0.3)]
    [InlineData(0, 30, 1500, 1000, 1 - 970 / 1500.0)]
    [InlineData(0.6, 30, 1500, 1000, 1 - 0.4 * 970 / 1500)]
    [InlineData(0.5, 2000, 100, 1000, 1)]
    [InlineData(0.5, 30, 0, 1000, 0.5)]
    [InlineData(0, 1000, 0, 1000, 1)]
    public void Counts_an_attempt_that_comes_too_late_as_failed(
        double rate, double shortest, double extra, double timeout, double expected) =>
        Assert.Equal(expected, Theory.AttemptFailure(rate, shortest, extra, timeout), 12);

    [Xunit.Theory]
    [InlineData(0, 3, 1, 1)]
    [InlineData(1, 3, 0, 3)]
    [InlineData(0.5, 1, 0.5, 1)]
    [InlineData(0.5, 2, 0.75, 1.5)]
    public void Knows_the_edges_of_retrying(double f, int attempts, double success, double mean)
    {
        Assert.Equal(success, Theory.Success(f, attempts), 12);
        Assert.Equal(mean, Theory.AttemptsPerRequest(f, attempts), 12);
    }

    [Xunit.Theory]
    [InlineData(0.3, 2, 1)]
    [InlineData(0.3, 2, 2)]
    [InlineData(0.3, 3, 12)]
    [InlineData(0.7, 1, 5)]
    [InlineData(0.5, 4, 14)]
    public void Agrees_with_counting_every_sequence_on_the_chance_to_trip(double f, int threshold, int attempts)
    {
        var chance = 0.0;
        for (var sequence = 0; sequence < 1 << attempts; sequence++)
        {
            var (run, tripped, probability) = (0, false, 1.0);
            for (var i = 0; i < attempts; i++)
            {
                var fails = (sequence >> i & 1) == 1;
                run = fails ? run + 1 : 0;
                tripped |= run == threshold;
                probability *= fails ? f : 1 - f;
            }

            chance += tripped ? probability : 0;
        }

        Assert.Equal(chance, Theory.TripChance(f, threshold, attempts), 12);
    }

    [Fact]
    public void Goes_on_smoothly_where_it_stops_counting_every_attempt()
    {
        var before = Theory.TripChance(0.05, 4, 1_000_000);

        Assert.InRange(Theory.TripChance(0.05, 4, 1_000_100), before, before + 0.0001);
        Assert.Equal(1, Theory.TripChance(1, 5, 10_000_000));
        Assert.Equal(0, Theory.TripChance(0, 5, 10_000_000));
    }

    [Fact]
    public void Is_silent_rather_than_guessing()
    {
        Assert.Null(Read("http://localhost/process", null));
        Assert.Null(Read("http://localhost/process", "<html>"));
        Assert.Null(Read("http://localhost/process", "[]"));
        Assert.Null(Read("http://localhost/process", Text().Replace("MAX_RETRIES", "OTHER")));
        Assert.Null(Read("http://localhost/process", Text().Replace("0.3", "\"0.3\"")));
        Assert.Null(Read("http://localhost/livez", Text()));
        Assert.NotNull(Read("http://localhost/process", Text()));
    }

    [Fact]
    public void Reads_the_knobs_of_the_lane_that_is_loaded()
    {
        var knobs = Text().Replace("{ ", """{"HTTP_MAX_RETRIES":{"value":0}, """);

        Assert.Equal(2, Read("http://localhost/process", knobs)!.Retries);
        Assert.Equal(0, Read("http://localhost/process/http", knobs)!.Retries);
    }

    [Fact]
    public void Gives_no_chance_to_trip_where_the_breaker_is_not_of_consecutive_failures_or_absent()
    {
        Assert.Null(Read("http://localhost/process/http", Text())!.Predict(200).TripPercent);
        Assert.Equal(0, new Knobs(0.3, 30, 800, 1, 2, 0).Predict(200).TripPercent);
    }

    [Theory]
    [InlineData("HTTP_BREAKER", "ratio", null)]
    [InlineData("HTTP_BREAKER", "consecutive", 5)]
    public void Knows_the_breaker_of_lane_http_by_its_kind(string knob, string value, int? threshold)
    {
        var knobs = Text().Replace("{ ", $$"""{"{{knob}}":{"value":"{{value}}"}, """);
        Assert.Equal(threshold, Read("http://localhost/process/http", knobs)!.Threshold);
    }

    [Theory]
    [InlineData("standard")]
    [InlineData("none")]
    public void Guesses_nothing_where_the_policies_are_not_those_of_the_knobs(string pipeline)
    {
        var knobs = Text().Replace("{ ", $$"""{"HTTP_PIPELINE":{"value":"{{pipeline}}"}, """);
        Assert.Null(Read("http://localhost/process/http", knobs));
        Assert.NotNull(Read("http://localhost/process", knobs));
    }

    static Knobs? Read(string url, string? json) =>
        Knobs.Read(new Uri(url), json is null ? null : Encoding.UTF8.GetBytes(json));

    static byte[] Answer() => Encoding.UTF8.GetBytes(Text());

    static string Text() =>
        "{" + string.Join(",", Defaults.Select(knob => $$""" "{{knob.Name}}":{"value":{{knob.Value}} }""")) + "}";

    static readonly (string Name, double Value)[] Defaults =
    [
        ("MAX_RETRIES", 2), ("FAILURE_RATE", 0.3), ("BASE_LATENCY_MS", 30), ("MAX_LATENCY_MS", 800),
        ("REQUEST_TIMEOUT_S", 1), ("FAILURE_THRESHOLD", 5),
    ];
}
