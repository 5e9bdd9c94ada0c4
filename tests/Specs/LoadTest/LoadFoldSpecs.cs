using TinyResilient.LoadTest;
using Xunit;
using static Specs.LoadTest.Samples;

namespace Specs.LoadTest;

public class LoadFoldSpecs
{
    [Fact]
    public void Measures_response_from_the_intended_instant_and_service_from_the_send()
    {
        var result = Fold(new Sample("1-1", Ms(1000), Ms(1030), Ms(1100), Ok));

        Assert.Equal(100, result.All!.AverageMs);
        Assert.Equal(70, result.Service!.AverageMs);
        Assert.Equal(30, result.Lag!.AverageMs);
        Assert.Equal(1, Assert.Single(result.Seconds).Second);
    }

    [Fact]
    public void Takes_percentiles_by_nearest_rank_within_a_thousandth()
    {
        var all = Fold([.. Enumerable.Range(1, 200).Select(ms => Taking(ms, Ok))]).All!;

        Assert.Equal(200, all.Samples);
        Assert.Equal(100.5, all.AverageMs, 9);
        Assert.InRange(all.P50Ms, 100, 100.1);
        Assert.InRange(all.P95Ms, 190, 190.2);
        Assert.InRange(all.P99Ms, 198, 198.2);
        Assert.Equal(200, all.MaxMs);
    }

    [Fact]
    public void Takes_the_largest_of_a_few_as_their_99th_percentile()
    {
        var all = Fold([.. Enumerable.Range(1, 80).Select(ms => Taking(ms, Ok))]).All!;

        Assert.Equal(80, all.P99Ms);
        Assert.InRange(all.P95Ms, 76, 76.1);
    }

    [Fact]
    public void Keeps_a_latency_above_the_range_of_its_histogram()
    {
        var all = Fold(Taking(5 * 3_600_000, Ok)).All!;

        Assert.Equal(5 * 3_600_000, all.MaxMs);
        Assert.InRange(all.P99Ms, 3_600_000, 3_604_000);
    }

    [Fact]
    public void Has_no_numbers_where_there_were_no_samples()
    {
        var result = Fold(Taking(5, Answer.None("connection refused")));

        Assert.Null(result.Ok);
        Assert.NotNull(result.All);
        Assert.Null(Fold().All);
        Assert.Null(Fold().Counts.SuccessPercent);
        Assert.Null(Fold().Counts.AttemptsPerAnswer);
    }

    [Fact]
    public void Counts_each_request_once_and_all_of_them()
    {
        var fold = new LoadFold();
        foreach (var answer in new[] { Ok, Failure, Refusal, Answer.None("connection refused"), Ok })
        {
            fold.Add(Taking(5, answer));
        }

        fold.AddDropped(Ms(1500));
        fold.AddUnfinished();
        var result = fold.Result(Options, Ms(2000), interrupted: true);

        var counts = result.Counts;
        Assert.Equal((2, 1, 1), (counts.Succeeded, counts.Refused, counts.Failed));
        Assert.Equal((1, 1), (counts.NoAnswer, counts.Dropped));
        Assert.Equal((5, 6, 4, 1), (counts.Sent, counts.Total, counts.Answered, result.Unfinished));
        Assert.Equal((3, 0, 1, 2), (counts.Closed, counts.HalfOpen, counts.Open, counts.Unknown));
        Assert.Equal((5, 4, 3), (counts.Attempts, counts.AnswersWithAttempts, counts.Attempted));
        Assert.Equal([5, 1], result.Seconds.Select(second => second.Counts.Total));
        Assert.Equal(3, result.AchievedRate);
    }

    [Fact]
    public void Orders_causes_by_frequency_and_bounds_how_many_it_keeps()
    {
        var many = Enumerable.Range(0, 1000).Select(i => Taking(1, Failure with { Cause = $"cause {i}" }));
        var causes = Fold([.. many, Taking(1, Failure), Taking(1, Refusal)]).Causes;

        Assert.InRange(causes.Count, 30, 35);
        Assert.Equal("other", causes[0].Cause);
        Assert.Equal(1002, causes.Sum(cause => cause.Count));
    }

    [Fact]
    public void Remembers_when_the_first_request_without_an_answer_was_due()
    {
        var none = Answer.None("connection refused");
        var result = Fold(
            new Sample("1-3", Ms(3000), Ms(3000), Ms(3001), none),
            new Sample("1-2", Ms(2000), Ms(2000), Ms(9000), none),
            new Sample("1-4", Ms(4000), Ms(4000), Ms(9200), none),
            new Sample("1-1", Ms(1000), Ms(1000), Ms(9500), Ok));

        Assert.Equal(Ms(2000), result.FirstNoAnswer);
    }
}
