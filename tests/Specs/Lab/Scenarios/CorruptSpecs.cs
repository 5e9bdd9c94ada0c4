using TinyResilient.Lab.Knobs;
using TinyResilient.Lab.Model;
using TinyResilient.Lab.Results;
using TinyResilient.Lab.Running;
using TinyResilient.Lab.Scenarios;
using Xunit;

namespace Specs.Lab.Scenarios;

/// <summary>What corrupt draws as a formula is the exact chain, where it holds, and the arms say what they are.</summary>
public class CorruptSpecs
{
    static readonly Scenario corrupt = Catalogue.Find("corrupt")!;

    static IEnumerable<string> Names => corrupt.Arms(Of()).Where(arm => Corrupt.Chain(arm, Of()) is not null).Select(arm => arm.Name);

    public static TheoryData<string> OfTheChain => [.. Names];

    [Theory, MemberData(nameof(OfTheChain))]
    public void The_chain_agrees_with_the_model_of_the_very_arm_that_is_run(string name)
    {
        var arm = corrupt.Arms(Of()).Single(arm => arm.Name == name);
        var model = Expectation.Of(ArmModel.Of(arm));
        var chain = Corrupt.Chain(arm, Of())!.Value;
        Agrees(chain.Average(), model.Of(Measure.Success));
        Agrees(RequestCourse.Late(chain).Average(), model.Of(Measure.LateSuccess));

        // Runs of which none failed do not scatter, and a failure in a million requests is none in theirs.
        static void Agrees(double theory, Estimate estimate)
        {
            var (low, high) = estimate.OfModel(0.9999);
            Assert.InRange(theory, low - 0.0001, high + 0.0001);
        }
    }

    [Fact]
    public void All_four_cells_and_what_no_supervisor_hears_of_follow_the_chain() => Assert.Equal(
        [
            "no retries, not restarted", "retries, not restarted", "no retries, restarted", "retries, restarted", "no retries, fresh", "silent, restarted", "external, restarted",
        ], Names);

    [Fact]
    public void In_a_pool_that_is_never_idle_the_chain_is_not_drawn() =>
        Assert.All(corrupt.Arms(Of(new Assignment("workers", "2"))), arm => Assert.Null(Corrupt.Chain(arm, Of(new Assignment("workers", "2")))));

    [Fact]
    public void On_services_of_somebody_else_no_process_is_killed()
    {
        Assert.Contains(corrupt.Arms(Of()), arm => arm.EndsProcesses);
        Assert.DoesNotContain(corrupt.Arms(Of().WithoutKills()), arm => arm.EndsProcesses);
    }

    static Values Of(params Assignment[] set) => Values.Of(corrupt, set, []);
}
