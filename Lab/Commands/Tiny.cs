using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Globalization;
using TinyResilient.Lab.Processes;

namespace TinyResilient.Lab.Commands;

/// <summary>The command `tiny`: the list of what it can do, and the rules that all its commands share.</summary>
static class Tiny
{
    /// <summary>Which lab: the port of its ServiceA.</summary>
    public static Option<int> PortBase { get; } = CreatePortBase();

    public static async Task<int> RunAsync(string[] args)
    {
        var result = Create().Parse(args);
        if (result.Errors.Count == 0)
            return await result.InvokeAsync(new() { ProcessTerminationTimeout = null });
        if (result.Action is ParseErrorAction wrong)
            wrong.ShowHelp = false;
        // The nearest names belong to the error, so they go where the error goes.
        await result.InvokeAsync(new() { Output = Console.Error });
        return ExitCodes.Usage;
    }

    static Command Create()
    {
        var up = UpCommand.Create();
        var tiny = new Command("tiny", "A resilience lab in two services. Without a command: up.")
        {
            new HelpOption(),
            PortBase,
            up,
            KnobCommands.Set(),
            KnobCommands.PresetCommand(),
            KnobCommands.Reset(),
            ProcessCommands.Kill(),
            ProcessCommands.Pause(),
            ProcessCommands.Resume(),
        };
        tiny.Action = up.Action;
        return tiny;
    }

    static Option<int> CreatePortBase()
    {
        return new Option<int>("--port-base")
        {
            Description = $"First port of the lab, that of ServiceA. {PortPlan.DefaultBase} has the documented "
                + "ports 8000, 8001, 5053, 5054; any other N has N to N+3.",
            HelpName = "N",
            Recursive = true,
            DefaultValueFactory = _ => PortPlan.DefaultBase,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
                    && port is >= 1 and <= PortPlan.LastBase)
                    return port;
                result.AddError($"--port-base {text} is not a whole number in 1..{PortPlan.LastBase}.");
                return 0;
            },
        };
    }
}
