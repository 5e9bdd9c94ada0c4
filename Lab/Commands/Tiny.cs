using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Globalization;
using TinyResilient.Lab.Processes;
using TinyResilient.Lab.Stage;
using TinyResilient.LoadTest;
using TinyResilient.Shared.Hosting;

namespace TinyResilient.Lab.Commands;

/// <summary>The command `tiny`: the list of what it can do, and the rules that all its commands share.</summary>
static class Tiny
{
    /// <summary>Which lab: the port of its ServiceA.</summary>
    public static Option<int> PortBase { get; } = CreatePortBase();

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is [ServiceHost.CheckHealth])
            return StageSettings.Read(PortPlan.From(PortPlan.DefaultBase), Console.Error) is { } settings
                ? await ServiceHost.CheckHealthAsync(settings) : ExitCode.Usage;
        var tiny = Create();
        var result = tiny.Parse(args);
        if (result.Errors.Count > 0)
        {
            await Console.Error.WriteAsync(await UsageErrorAsync(tiny, args, result));
            return ExitCode.Usage;
        }
        if (UsageText.EmptyWord(result) is { } empty)
            return Ending.Fail(ExitCode.Usage, empty);
        if (LoadCommand.Address(result) is { Length: > 0 } address)
            result = tiny.Parse([.. args, .. address]);
        // Ctrl-C cancels a command and gives it two seconds; who starts services takes its own, and the time that it needs.
        var configuration = new InvocationConfiguration();
        if (result.Action is UpAction or StageAction or ReplayAction
            || result.CommandResult.Command.Name is RunCommand.Name or PeersCommand.Name or TalkCommand.Name or RehearseCommand.Name)
            configuration.ProcessTerminationTimeout = null;
        return await result.InvokeAsync(configuration);
    }

    // The library spreads its words over many lines and two streams.
    internal static async Task<string> UsageErrorAsync(Command tiny, string[] args, ParseResult result)
    {
        // What follows an unknown word is unknown as well, and not worth a line.
        if (result.UnmatchedTokens is [var unknown, _, ..])
            result = tiny.Parse(args[..(Array.IndexOf(args, unknown) + 1)]);
        using var text = new StringWriter();
        if (result.Action is ParseErrorAction wrong)
            wrong.ShowHelp = wrong.ShowTypoCorrections = false;
        await result.InvokeAsync(new() { Output = text, Error = text });
        return UsageText.WithHint(UsageText.OneLineEach(text.ToString()), result);
    }

    internal static Command Create()
    {
        var up = new UpAction();
        var tiny = new Command("tiny", "A resilience lab in two services. Without a command: up.")
        {
            new HelpOption(),
            PortBase,
            new Command("up", "Start ServiceB, ServiceA and the stage here, and keep them running until Ctrl-C")
            {
                Options = { RecordOption.File, UpAction.Nodes },
                Action = up,
            },
            new Command("stage", "Serve the stage alone, for services that run already")
            {
                Options = { RecordOption.File },
                Action = new StageAction(),
            },
            ReplayAction.Create(),
            RecordCommand.Create(),
            LoadCommand.Create(),
            KnobCommands.Set(),
            KnobCommands.PresetCommand(),
            KnobCommands.Reset(),
            BreakCommand.Create(),
            ProcessCommands.Kill(),
            ProcessCommands.Pause(),
            ProcessCommands.Resume(),
            CatalogueCommands.List(),
            CatalogueCommands.Explain(),
            RunCommand.Create(),
            CompareCommand.Create(),
            PeersCommand.Create(),
            ReportCommands.Report(),
            ReportCommands.Diff(),
            ReportCommands.Model(),
            ReportCommands.Claims(),
            TalkCommand.Create(),
            RehearseCommand.Create(),
            ExerciseCommand.Create(),
            GoldenCommand.Create(),
            WorldCommand.Create(),
        };
        tiny.Action = up;
        return tiny;
    }

    static Option<int> CreatePortBase() => new("--port-base")
    {
        Description = $"First port of the lab, that of ServiceA. {PortPlan.DefaultBase} has the documented "
            + "ports 8000, 8001, 5053, 5054, and 8080 for the stage; any other N has N to N+4.",
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
