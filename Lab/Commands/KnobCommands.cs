using System.CommandLine;
using TinyResilient.Lab.Http;
using TinyResilient.Lab.Knobs;
using TinyResilient.Lab.Processes;
using TinyResilient.LoadTest;

namespace TinyResilient.Lab.Commands;

/// <summary>`tiny set`, `tiny preset` and `tiny reset`: a running lab's knobs.</summary>
static class KnobCommands
{
    public static Command Set()
    {
        var assignments = new Argument<string[]>("NAME=VALUE")
        {
            Description = "One or more knobs, e.g. FAILURE_RATE=0.6 JITTER=equal; all are set, or none",
            Arity = ArgumentArity.OneOrMore,
        };
        assignments.Validators.Add(result => Assignments.Check(result.Tokens, "", "FAILURE_RATE=0.6", result.AddError, mayBeEmpty: true));
        var command = new Command("set", "Turn knobs while the services run") { assignments };
        command.SetAction((result, _) =>
            ChangeAsync(result, [.. result.GetValue(assignments)!.Select(text => Assignment.Read(text)!)]));
        return command;
    }

    public static Command PresetCommand()
    {
        var name = new Argument<string>("NAME")
        {
            Description = string.Join("; ", Preset.All.Keys.Select(name => $"{name}: {Preset.Describe(name)}")),
        };
        name.AcceptOnlyFromAmong([.. Preset.All.Keys]);
        var command = new Command("preset", "Make ServiceB healthy (calm) or sick (evil)") { name };
        command.SetAction((result, _) => ChangeAsync(result, Preset.All[result.GetValue(name)!]));
        return command;
    }

    public static Command Reset()
    {
        var command = new Command("reset",
            "Return knobs, workers, breakers and ledgers of both services to their start");
        command.SetAction((result, _) => TalkAsync(result, async client =>
        {
            await client.ResetAsync();
            Console.WriteLine("Both services are as at their start.");
        }));
        return command;
    }

    static Task<int> ChangeAsync(ParseResult result, IReadOnlyList<Assignment> assignments) =>
        TalkAsync(result, async client =>
        {
            var before = await client.KnobsAsync();
            var after = await client.PatchAsync(before.Patch(assignments));
            var names = assignments.Select(assignment => assignment.Name);
            foreach (var line in KnobTable.Changes(before, after, names))
                Console.WriteLine(line);
        });

    internal static async Task<int> TalkAsync(ParseResult result, Func<ControlClient, Task> talk)
    {
        if (RunningServices.BadAddress() is { } bad)
        {
            await Console.Error.WriteLineAsync(bad);
            return ExitCode.Usage;
        }
        using var client = new ControlClient(RunningServices.Place(result).ServiceA, ServiceClient.TokenOfEnvironment);
        try
        {
            await talk(client);
            return ExitCode.Ok;
        }
        catch (ControlException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return e.Code;
        }
    }
}
