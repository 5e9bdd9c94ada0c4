using TinyResilient.Lab.Reports;
using TinyResilient.Lab.Results;
using Xunit;

namespace Specs.Lab.Reports;

public class RunTextSpecs
{
    [Fact]
    public void What_was_found_is_as_somebody_found_it_good() =>
        Approved.Is("run.approved.txt", RunText.Of(WithAttempts(Runs.Result)).ReplaceLineEndings("\n"));

    [Fact]
    public void A_run_without_claims_counts_none() => Assert.DoesNotContain("claims", RunText.Of(Runs.Result with { Scenarios = [] }), StringComparison.Ordinal);

    static RunResult WithAttempts(RunResult result) => result with
    {
        Scenarios = [.. result.Scenarios.Select(scenario => scenario with
        {
            Arms = [.. scenario.Arms.Select(arm => arm with
            {
                Runs = [.. arm.Runs.Select(run => run with
                {
                    Measures = run.Measures.Append(new(Measure.Attempts, 1.25)).ToDictionary(),
                })],
            })],
        })],
    };
}
