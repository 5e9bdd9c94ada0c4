using System.CommandLine;
using TinyResilient.Lab.Processes;
using TinyResilient.LoadTest;

namespace TinyResilient.Lab.Commands;

/// <summary>`tiny load`: LoadTest's command, pointed at this lab.</summary>
static class LoadCommand
{
    public static Command Create() => LoadTestCommand.Build("load");

    /// <summary>
    /// What to add to the command line so that the load goes to the lab of --port-base. An address that was
    /// given wins, and the default lab is LoadTest's own default.
    /// </summary>
    public static string[] Address(ParseResult result) =>
        result.CommandResult.Command.Name == "load"
        && result.GetResult("--url") is null
        && result.GetResult(Tiny.PortBase) is { Implicit: false }
            ? ["--url", $"http://localhost:{PortPlan.From(result.GetValue(Tiny.PortBase)).HttpA}/process"]
            : [];
}
