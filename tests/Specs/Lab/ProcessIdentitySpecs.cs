using TinyResilient.Lab.Processes;
using Xunit;

namespace Specs.Lab;

public class ProcessIdentitySpecs
{
    const string after = "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 264341 20 21";

    [Fact]
    public void A_process_that_runs_is_itself()
    {
        var self = ProcessIdentity.Of(Environment.ProcessId)!;

        Assert.True(self.Runs());
        Assert.False((self with { Started = "earlier" }).Runs());
    }

    [Theory]
    [InlineData("42 (dotnet) S " + after)]
    [InlineData("42 (a ) b (c) S " + after)]
    public void Linux_tells_the_start_whatever_the_program_is_called(string stat) =>
        Assert.Equal("264341", ProcessIdentity.FromStat(stat));

    [Theory]
    [InlineData("42 (dotnet) Z " + after)]
    [InlineData("42 (dotnet) S 1 2")]
    public void A_dead_process_that_nobody_has_buried_does_not_run(string stat) =>
        Assert.Null(ProcessIdentity.FromStat(stat));
}
