using TinyResilient.Lab.Processes;
using Xunit;

namespace Specs.Lab;

public class WelcomeSpecs
{
    [Fact]
    public void Three_commands_to_try_go_to_this_lab()
    {
        var text = Welcome.Text(PortPlan.From(9000), windows: false);

        Assert.Contains("http://localhost:9004 ", text, StringComparison.Ordinal);
        Assert.Contains("  curl http://localhost:9000/process\n", text, StringComparison.Ordinal);
        Assert.Contains("  ./tiny load --rps 20 --seconds 10 --port-base 9000\n", text, StringComparison.Ordinal);
        Assert.Contains("  ./tiny kill service-b --port-base 9000\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_default_lab_needs_no_option() =>
        Assert.DoesNotContain("--port-base", Welcome.Text(PortPlan.From(8000), windows: false), StringComparison.Ordinal);

    [Fact]
    public void PowerShell_gets_commands_that_it_understands()
    {
        var text = Welcome.Text(PortPlan.From(8000), windows: true);

        Assert.Contains("  curl.exe http://localhost:8000/process\n", text, StringComparison.Ordinal);
        Assert.Contains(@"  .\tiny.cmd kill service-b", text, StringComparison.Ordinal);
    }
}
