using System.Text.Json;
using System.Text.RegularExpressions;
using Specs.Repository;
using TinyResilient.Lab.Knobs;
using TinyResilient.Lab.Scenarios;
using TinyResilient.ServiceB.Faults;
using TinyResilient.Shared.Hosting;
using Xunit;

namespace Specs.Lab.Scenarios;

public class FaultPresetSpecs
{
    public static TheoryData<string> Kinds => [.. FaultPreset.All.Keys];

    [Fact]
    public void There_is_one_for_every_kind_of_fault() =>
        Assert.Equal(Enum.GetValues<FaultKind>().Select(kind => kind.Word()).Order(), FaultPreset.All.Keys.Order());

    [Theory, MemberData(nameof(Kinds))]
    public void ServiceB_takes_each_as_it_is(string kind) => Assert.Empty(Problems(FaultPreset.All[kind], []));

    [Theory, MemberData(nameof(Kinds))]
    public void The_readme_says_the_same_of_it(string kind) => Assert.Matches(
        $@"(?m)^\| {kind} \|[^|]*\| {Regex.Escape(FaultPreset.All[kind].Meaning)} \|\r?$",
        Files.Read("README.md").Replace("`", "", StringComparison.Ordinal));

    [Theory]
    [InlineData("errors", "error")]
    [InlineData("query-of-death", "query_of_death")]
    [InlineData("metastable", "stall")]
    public void A_scenario_names_its_fault(string name, string kind) => Assert.Equal(kind, FaultPreset.Find(name)!.Kind);

    [Fact]
    public void A_name_that_is_none_gets_the_nearest() =>
        Assert.Equal("corrupted is no fault; did you mean corrupt?", FaultPreset.Unknown("corrupted"));

    [Fact]
    public void What_is_wrong_with_a_parameter_is_for_ServiceB_to_say() =>
        Assert.Contains("[0].probability", Assert.Single(Problems(FaultPreset.All["corrupt"], [new("probability", "1.5")])), StringComparison.Ordinal);

    static IReadOnlyList<string> Problems(FaultPreset preset, Assignment[] changes)
    {
        var errors = new FieldErrors();
        FaultReader.Read(JsonDocument.Parse($"[{preset.With(changes, "both").ToJsonString()}]").RootElement, workers: 64, errors);
        return [.. errors.ByField.Keys];
    }
}
