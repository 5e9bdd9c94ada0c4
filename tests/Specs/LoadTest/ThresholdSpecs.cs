using TinyResilient.LoadTest;
using Xunit;
using static Specs.LoadTest.Samples;

namespace Specs.LoadTest;

public class ThresholdSpecs
{
    [Theory]
    [InlineData("success>=78", true)]
    [InlineData("success>78", false)]
    [InlineData("success >= 78.0 %", true)]
    [InlineData("refused<=20%", true)]
    [InlineData("failed<2", false)]
    [InlineData("failed<=2", true)]
    [InlineData("dropped<1", true)]
    [InlineData("attempts<1.2", true)]
    [InlineData("rate>=20", true)]
    [InlineData("avg<310", false)]
    [InlineData("p95<703ms", true)]
    [InlineData("p95<0.703s", true)]
    [InlineData("p99>1s", false)]
    [InlineData("max<=950", true)]
    [InlineData("ok_p95<600ms", true)]
    [InlineData("lag_p99<0.3ms", false)]
    public void Judges_a_run(string rule, bool met)
    {
        var verdict = Threshold.Read(rule)!.Judge(UsersRun());

        Assert.Equal((rule, met), (verdict.Text, verdict.Met));
    }

    [Theory]
    [InlineData("")]
    [InlineData("success")]
    [InlineData("success=95")]
    [InlineData("succes>=95")]
    [InlineData("success>=")]
    [InlineData("success>=-1")]
    [InlineData("success>=95ms")]
    [InlineData("p95<300%")]
    [InlineData("attempts<2s")]
    [InlineData("p95<300ms or else")]
    public void Cannot_be_anything_else(string rule) => Assert.Null(Threshold.Read(rule));

    [Theory]
    [InlineData("p95<300ms")]
    [InlineData("ok_p95>0")]
    [InlineData("success>=0")]
    public void Is_not_met_by_a_run_without_such_a_number(string rule)
    {
        var verdict = Threshold.Read(rule)!.Judge(Fold());

        Assert.False(verdict.Met);
        Assert.Null(verdict.Actual);
    }

    [Fact]
    public void Names_all_metrics_that_are_allowed() => Assert.Contains(
        "success, refused, failed, dropped, attempts, rate, avg, p50, p95, p99, max, ok_avg", Threshold.Allowed);
}
