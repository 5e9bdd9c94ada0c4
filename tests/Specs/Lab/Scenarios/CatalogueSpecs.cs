using TinyResilient.Lab.Knobs;
using TinyResilient.Lab.Scenarios;
using Xunit;

namespace Specs.Lab.Scenarios;

public class CatalogueSpecs
{
    public static TheoryData<string> Names => [.. Catalogue.All.Select(scenario => scenario.Name)];

    [Fact]
    public void Has_all_seventeen_scenarios_in_the_order_of_their_ids() =>
        Assert.Equal(Enumerable.Range(1, 17).Select(number => $"S{number}"), Catalogue.All.Select(scenario => scenario.Id));

    [Theory]
    [InlineData("corrupt", "corrupt")]
    [InlineData("s7", "corrupt")]
    [InlineData("Poison-Message", "query-of-death")]
    public void Finds_a_scenario_by_name_id_or_alias(string wanted, string found) => Assert.Equal(found, Catalogue.Find(wanted)!.Name);

    [Fact]
    public void Names_the_nearest_scenario_for_a_name_that_is_none()
    {
        Assert.Null(Catalogue.Find("corupt"));
        Assert.Equal("corupt is no scenario; did you mean corrupt?", Catalogue.Unknown("corupt"));
        Assert.StartsWith("gremlins is no scenario; there are errors, breaker-trap, burst, ", Catalogue.Unknown("gremlins"), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Names))]
    public void Every_scenario_has_arms_of_different_names_and_says_what_it_is_about(string name)
    {
        var scenario = Catalogue.Find(name)!;
        var arms = scenario.Arms(Values.Of(scenario, [], []));
        Assert.True(arms.Count >= 3, "a comparison needs arms");
        Assert.Equal(arms.Count, arms.Select(arm => arm.Name).Distinct().Count());
        var about = scenario.Explanation;
        Assert.All([about.Fault, about.Question, about.Theory, about.Source, about.Watch, about.NotShown], text => Assert.NotEmpty(text));
        Assert.All(scenario.Parameters, parameter => Assert.True(parameter.Allows(parameter.Default), parameter.Name));
    }

    [Theory, MemberData(nameof(Names))]
    public void The_model_knows_every_arm_that_is_to_be_predicted(string name)
    {
        var scenario = Catalogue.Find(name)!;
        foreach (var arm in scenario.Arms(Values.Of(scenario, [], [])).Where(arm => !arm.IsUnmodelled))
            Assert.True(ArmModel.Of(arm).Arrivals.Rate > 0, arm.Name);
    }

    [Fact]
    public void A_parameter_reaches_the_arms_and_a_wrong_one_is_named_with_its_range()
    {
        var problems = new List<string>();
        var (scenario, values) = Assert.Single(Catalogue.Configure([Catalogue.Find("errors")!], [new("rate", "77")], problems));
        Assert.Empty(problems);
        Assert.All(scenario.Arms(values), arm => Assert.Equal(77, arm.Rate));

        Catalogue.Configure([scenario], [new("f", "1.5"), new("rat", "7")], problems);
        Assert.Equal(["rat is no parameter of errors; did you mean rate?", "f of errors must be a number in 0..1, but is 1.5"], problems);
    }

    [Theory]
    [InlineData("none", true)]
    [InlineData("successes:0.1", true)]
    [InlineData("requests:1.1", false)]
    [InlineData("often", false)]
    public void A_budget_is_none_or_a_share(string text, bool allowed) =>
        Assert.Equal(allowed, Parameter.Budget("budget", "none", "").Allows(text));
}
