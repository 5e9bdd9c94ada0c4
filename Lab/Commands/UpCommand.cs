using System.CommandLine;
using TinyResilient.Lab.Processes;

namespace TinyResilient.Lab.Commands;

/// <summary>`tiny up`: both services, until Ctrl-C.</summary>
static class UpCommand
{
    public static Command Create()
    {
        var command = new Command("up", "Start ServiceB and ServiceA here, and keep them running until Ctrl-C");
        command.SetAction(async (result, _) =>
        {
            var portBase = result.GetValue(Tiny.PortBase);
            using var stop = new StopSignals();
            using var lab = new LabRun(
                PortPlan.From(portBase), RunFile.For(portBase), Screen.Standard(), TimeProvider.System);
            return await lab.RunAsync(stop);
        });
        return command;
    }
}
