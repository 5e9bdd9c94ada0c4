using System.CommandLine;
using TinyResilient.Lab.Scenarios;
using TinyResilient.LoadTest;

namespace TinyResilient.Lab.Commands;

/// <summary>`tiny list` and `tiny explain`: what can be run, and what it is about.</summary>
static class CatalogueCommands
{
    public const string ExplainName = "explain";

    public static Command List()
    {
        var command = new Command("list", "Show the scenarios");
        command.SetAction(_ =>
        {
            foreach (var scenario in Catalogue.All)
                Console.WriteLine($"{scenario.Id,-4} {scenario.Name,-15} {scenario.Explanation.Question}{(scenario.IsQuick ? " (quick)" : "")}");
            return ExitCode.Ok;
        });
        return command;
    }

    public static Command Explain()
    {
        var name = new Argument<string>("NAME") { Description = "A scenario by name or id" };
        var command = new Command(ExplainName, "Question, theory with formula and source, what to watch, what it does not show") { name };
        command.SetAction(parsed =>
        {
            var wanted = parsed.GetValue(name)!;
            if (Catalogue.Find(wanted) is { } scenario)
            {
                Console.Write(Text(scenario));
                return ExitCode.Ok;
            }
            Console.Error.WriteLine(Unknown(wanted));
            return ExitCode.Usage;
        });
        return command;
    }

    /// <summary>One line for a name that is no scenario, with the command that shows those that are.</summary>
    public static string Unknown(string name) =>
        Catalogue.Unknown(name) is var line && line.EndsWith('?') ? $"{line} tiny list shows all" : $"{line}; tiny list tells what each asks";

    internal static string Text(Scenario scenario)
    {
        var about = scenario.Explanation;
        var width = scenario.Parameters.Max(parameter => parameter.Name.Length);
        var parameters = scenario.Parameters.Select(parameter =>
            $"  {parameter.Name.PadRight(width)}  {parameter.Meaning}; {parameter.Wanted}; default {parameter.Default}");
        return $"""
            {scenario.Name} ({scenario.Id}{(scenario.Alias is { } alias ? $", {alias}" : "")})

            Fault       {about.Fault}
            Question    {about.Question}
            Theory      {about.Theory}
            Source      {about.Source}
            Watch       {about.Watch}
            Not shown   {about.NotShown}

            Parameters, for --set name=value:
            {string.Join('\n', parameters)}

            Arms: {string.Join("; ", scenario.Arms(Values.Of(scenario, [], [])).Select(arm => arm.Name))}

            Run it:  ./tiny run {scenario.Name} --seeds 5 --out reports/{scenario.Name}

            """.ReplaceLineEndings();
    }
}
