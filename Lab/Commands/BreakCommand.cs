using System.CommandLine;
using System.Text.Json.Nodes;
using TinyResilient.Lab.Http;
using TinyResilient.Lab.Knobs;
using TinyResilient.Lab.Scenarios;

namespace TinyResilient.Lab.Commands;

/// <summary>`tiny break`: a fault on what is running.</summary>
static class BreakCommand
{
    const string None = "none";

    public static Command Create()
    {
        var fault = new Argument<string>("FAULT")
        {
            Description = $"One of these kinds, with these parameters: {string.Join("; ", FaultPreset.All.Values.Select(preset => preset.Typed))}. "
                + $"{None} takes all faults away",
        };
        var parameters = new Argument<string[]>("NAME=VALUE")
        {
            Description = "Parameters that shall be others, e.g. probability=0.05 worker=3 for_s=10",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var lane = new Option<string>("--lane")
        {
            Description = "The pool that it hits",
            DefaultValueFactory = _ => "both",
        };
        lane.AcceptOnlyFromAmong("actor", "http", "both");
        fault.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && token.Value != None && FaultPreset.Find(token.Value) is null)
                result.AddError(FaultPreset.Unknown(token.Value));
        });
        parameters.Validators.Add(result =>
        {
            Assignments.Check(result.Tokens, "", "probability=0.05", result.AddError);
            foreach (var token in result.Tokens.Where(token => Assignment.Read(token.Value)?.Name is "kind" or "lane"))
                result.AddError($"{token.Value} is no parameter: FAULT is the kind, --lane the lane");
            if (result.GetResult(fault)?.Tokens is [{ Value: None }] && result.Tokens.Count > 0)
                result.AddError($"{None} takes all faults away and has no parameters");
        });
        var command = new Command("break", "Set a fault on the running ServiceB, in place of those that are set") { fault, parameters, lane };
        command.SetAction((parsed, _) => KnobCommands.TalkAsync(parsed, async client =>
        {
            var faults = new JsonArray();
            if (FaultPreset.Find(parsed.GetValue(fault)!) is { } preset)
                faults.Add(preset.With((parsed.GetValue(parameters) ?? []).Select(text => Assignment.Read(text)!), parsed.GetValue(lane)!));
            try
            {
                await client.PutFaultsAsync(faults);
            }
            catch (ControlException refused)
            {
                // Of the only fault of the list.
                throw new ControlException(refused.Code, [refused.Message.Replace("[0].", "", StringComparison.Ordinal)]);
            }
            Console.WriteLine(faults.Count == 0 ? "No fault is set." : $"{faults[0]!.ToJsonString()} is set; tiny break none takes it away.");
        }));
        return command;
    }
}
