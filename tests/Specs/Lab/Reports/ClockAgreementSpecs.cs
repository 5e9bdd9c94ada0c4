using TinyResilient.Lab.Reports;
using TinyResilient.Lab.Results;
using Xunit;

namespace Specs.Lab.Reports;

public class ClockAgreementSpecs
{
    [Fact]
    public void Every_arm_and_lane_of_both_runs_is_a_row_with_means_of_either_and_the_largest_gap_of_its_curve()
    {
        var (inVirtualTime, inRealTime) = (Of(Clock.Virtual, 0.9, p99: 20, curve: [1, 0.8]), Of(Clock.Real, 0.88, p99: 23.5, curve: [0.99, 0.7]));
        Assert.Equal([["errors", "retried", "actor", "90.0, 88.0", "-, -", "20.0, 23.5", "1.11, 1.14", "10.0"]],
            ClockAgreement.Table(inVirtualTime, inRealTime).Rows.Select(row => row.Select(cell => cell.Text)));
        Assert.Contains("| errors | retried | actor | 90.0, 88.0 |", ClockAgreement.Of(inVirtualTime, inRealTime), StringComparison.Ordinal);
    }

    [Fact]
    public void What_only_one_of_them_has_is_no_row_and_is_named()
    {
        var other = Of(Clock.Real, 1, 1, [1]);
        Assert.Empty(ClockAgreement.Table(Runs.Result, other).Rows);
        Assert.Contains("corrupt: only in the first run", ClockAgreement.Of(Runs.Result, other), StringComparison.Ordinal);
    }

    static RunResult Of(Clock clock, double success, double p99, double[] curve) => Runs.Result with
    {
        Clock = clock,
        Scenarios =
        [
            Runs.Result.Scenarios[1] with
            {
                Arms = [new("retried", "", [new("actor", 1, new Dictionary<string, double>
                {
                    [Measure.Success] = success,
                    [Measure.P99] = p99,
                    [Measure.Work] = 1,
                }, curve, "", null)])],
            },
        ],
    };
}
