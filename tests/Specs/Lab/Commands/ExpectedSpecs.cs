using TinyResilient.Lab.Commands;
using TinyResilient.Lab.Scenarios;
using Xunit;

namespace Specs.Lab.Commands;

/// <summary>Of which scenarios `tiny run` tells that they have no result.</summary>
public class ExpectedSpecs
{
    [Theory]
    [InlineData("run corrupt", "corrupt")]
    [InlineData("run S1 corrupt errors", "errors corrupt")]
    public void Nobody_misses_what_was_not_asked_for(string line, string names) => Assert.Equal(names, string.Join(' ', Of(line)));

    [Theory]
    [InlineData("run all")]
    [InlineData("run --quick")]
    public void Who_asks_for_all_or_a_choice_of_it_is_told_what_was_left_out(string line) =>
        Assert.Equal(Catalogue.All.Select(scenario => scenario.Name), Of(line));

    static IEnumerable<string> Of(string line)
    {
        var parsed = Tiny.Create().Parse(line);
        return RunCommand.Expected(parsed, RunCommand.Chosen(parsed, []));
    }
}
