using System.CommandLine;
using System.CommandLine.Parsing;
using TinyResilient.Shared.Hosting;

namespace TinyResilient.Lab.Commands;

/// <summary>What is wrong with a command line: messages that are easy to read and to search for, and where the right words stand.</summary>
static class UsageText
{
    /// <summary>One line for each paragraph.</summary>
    public static string OneLineEach(string text) => string.Concat(
        from paragraph in text.ReplaceLineEndings("\n").Split("\n\n")
        let words = paragraph.Split([' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries)
        where words.Length > 0
        select $"{string.Join(' ', words)}{Environment.NewLine}");

    /// <summary>The same; where a word is unknown or missing, its end names the nearest that there is, or says where the words stand.</summary>
    public static string WithHint(string lines, ParseResult result) =>
        result.UnmatchedTokens.Count == 0 && !IsOneMissing(result.CommandResult) ? lines
            : $"{lines.TrimEnd().TrimEnd('.')}; {Meant(result) ?? Where(result.CommandResult.Command)}{Environment.NewLine}";

    /// <summary>One line for an argument without a letter, as a shell makes of a variable that is not set; null: there is none.</summary>
    public static string? EmptyWord(ParseResult result) => result.CommandResult.Children.OfType<ArgumentResult>()
        .Where(argument => argument.Tokens.Any(token => token.Value == ""))
        .Select(argument => $"{argument.Argument.Name} of {result.CommandResult.Command.Name} is empty; {Where(result.CommandResult.Command)}")
        .FirstOrDefault();

    static string? Meant(ParseResult result) => result.CommandResult.Command is var command && result.UnmatchedTokens is [var unknown, ..]
        && Nearest.To(unknown, command.Subcommands.Select(one => one.Name).Concat(command.Options.Select(one => one.Name))) is { } near
            ? $"did you mean {near}?" : null;

    static bool IsOneMissing(CommandResult result) => result.Command.Arguments.Any(argument =>
        argument.Arity.MinimumNumberOfValues > (result.GetResult(argument)?.Tokens.Count ?? 0));

    static string Where(Command command) => command switch
    {
        { Parents: var parents } when !parents.Any() => "tiny --help shows the commands",
        { Name: RunCommand.Name or CatalogueCommands.ExplainName } => "tiny list shows the scenarios",
        _ => $"tiny {command.Name} --help shows what it takes",
    };
}
