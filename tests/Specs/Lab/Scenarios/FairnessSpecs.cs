using Specs.Repository;
using TinyResilient.Lab.Scenarios;
using Xunit;

namespace Specs.Lab.Scenarios;

public class FairnessSpecs
{
    [Theory]
    [InlineData(Lane.Actor)]
    [InlineData(Lane.Http)]
    public void The_lines_of_code_that_a_report_prints_are_those_of_the_files(string lane)
    {
        var (lines, files) = Fairness.Code[lane];
        Assert.Equal(lines, files.Sum(file => Files.Read($"ServiceA/{file}").Split('\n')
            .Select(line => line.Trim()).Count(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal))));
    }

    [Fact]
    public void Who_compares_the_lanes_shows_both_as_shipped_and_both_as_tuned_with_settings_and_code()
    {
        foreach (var scenario in Catalogue.All)
        {
            var unequal = scenario.Arms(Values.Of(scenario, [], [])).Where(arm => arm is { IsEqual: false, Lanes.Count: 2 }).ToList();
            Assert.All(unequal, arm => Assert.EndsWith(arm.Remark, arm.Settings, StringComparison.Ordinal));
            Assert.All(unequal, arm => Assert.NotEmpty(arm.Remark));
            Assert.True(unequal.Count == 0 || unequal.Select(arm => arm.Name).ToHashSet().IsSupersetOf([Fairness.Defaults, Fairness.Tuned]), scenario.Name);
        }
    }
}
