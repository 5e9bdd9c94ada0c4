using TinyResilient.Lab.Commands;
using Xunit;

namespace Specs.Lab.Commands;

public class UsageSpecs
{
    [Theory]
    [InlineData("run errors --lane http", "--lane is no option of run; tiny run --help shows them|")]
    [InlineData("run errors --set f", "--set f is not NAME=VALUE, e.g. rate=200|")]
    [InlineData("run errors --set f=", "--set f= has no value, e.g. rate=200|")]
    [InlineData("run errors --set f=0.1 --set f=0.2", "--set f is given more than once|")]
    [InlineData("run errors --seeds 0", "--seeds 0 is not a whole number in 1..200.|")]
    [InlineData("run errors --seeds 1.5", "--seeds 1.5 is not a whole number in 1..200.|")]
    [InlineData("run errors --benches 17", "--benches 17 is not a whole number in 1..16.|")]
    [InlineData("peers errors --lane http", "--lane is no option of peers; tiny peers --help shows them|")]
    [InlineData("peers errors --seeds 0", "--seeds 0 is not a whole number in 1..200.|")]
    [InlineData("peers --set f", "--set f is not NAME=VALUE, e.g. rate=200|")]
    [InlineData("break corupt", "corupt is no fault; did you mean corrupt?|")]
    [InlineData("break corrupt --lane htp", "Argument 'htp' not recognized. Must be one of: 'actor' 'http' 'both'|")]
    [InlineData("break corrupt probability", "probability is not NAME=VALUE, e.g. probability=0.05|")]
    [InlineData("break corrupt probability=0.1 probability=0.2", "probability is given more than once|")]
    [InlineData("break corrupt kind=hang", "kind=hang is no parameter: FAULT is the kind, --lane the lane|")]
    [InlineData("break none probability=0.1", "none takes all faults away and has no parameters|")]
    [InlineData("break", "Required argument 'FAULT' missing for command: 'break'; tiny break --help shows what it takes|")]
    [InlineData("up --nodes 21", "--nodes 21 is not a whole number in 1..20.|")]
    [InlineData("kill service-c", "service-c is not service-a, service-b, or service-b-2 to service-b-20|")]
    [InlineData("compare --rps 0", "--rps 0 is not a number in 0.1..5000.|")]
    [InlineData("compare --seconds NaN", "--seconds NaN is not a number in 0.1..3600.|")]
    [InlineData("explain", "Required argument 'NAME' missing for command: 'explain'; tiny list shows the scenarios|")]
    [InlineData("report", "Required argument 'DIR' missing for command: 'report'; tiny report --help shows what it takes|")]
    [InlineData("diff a", "Required argument 'B' missing for command: 'diff'; tiny diff --help shows what it takes|")]
    [InlineData("bogus", "Unrecognized command or argument 'bogus'; tiny --help shows the commands|")]
    [InlineData("list x", "Unrecognized command or argument 'x'; tiny list --help shows what it takes|")]
    [InlineData("load --rp", "Unrecognized command or argument '--rp'; did you mean --rps?|")]
    [InlineData("load --faster", "Unrecognized command or argument '--faster'; tiny load --help shows what it takes|")]
    public async Task What_is_wrong_is_one_line(string line, string lines)
    {
        var args = line.Split(' ');
        var text = await Tiny.UsageErrorAsync(Tiny.Create(), args, Tiny.Create().Parse(args));
        Assert.Equal(lines, text.ReplaceLineEndings("|"));
    }

    [Theory]
    [InlineData("run", "NAME of run is empty; tiny list shows the scenarios")]
    [InlineData("report", "DIR of report is empty; tiny report --help shows what it takes")]
    [InlineData("list", null)]
    public void A_word_without_a_letter_is_no_name(string command, string? line) =>
        Assert.Equal(line, UsageText.EmptyWord(Tiny.Create().Parse(line is null ? [command] : [command, ""])));

    [Theory]
    [InlineData("erors", "erors is no scenario; did you mean errors? tiny list shows all")]
    [InlineData("bogus", "crash-loop; tiny list tells what each asks")]
    public void A_name_that_is_no_scenario_ends_with_where_they_stand(string name, string end) =>
        Assert.EndsWith(end, CatalogueCommands.Unknown(name), StringComparison.Ordinal);

    [Fact]
    public void A_wrong_fault_with_a_parameter_is_one_error_and_no_crash() =>
        Assert.Single(Tiny.Create().Parse("break gremlin x=1").Errors);
}
