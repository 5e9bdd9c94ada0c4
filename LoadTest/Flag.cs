using System.CommandLine;
using System.CommandLine.Parsing;

namespace TinyResilient.LoadTest;

/// <summary>
/// Builds options whose errors are one line: the option, the value, and what is allowed.
/// </summary>
static class Flag
{
    public static string Wrong(string name, string value, string allowed) =>
        $"{name} {value}: expected {allowed}";

    /// <summary>An option for one value.</summary>
    /// <param name="name">With its dashes.</param>
    /// <param name="valueName">Stands for the value in the help.</param>
    /// <param name="allowed">Continues "expected".</param>
    /// <param name="read">Null for a value that is not allowed.</param>
    /// <param name="description">One or two sentences with the default.</param>
    public static Option<T> Of<T>(
        string name, string valueName, string allowed, Func<string, T> read, string description) =>
        new(name)
        {
            HelpName = valueName,
            Description = description,
            CustomParser = result => Read(result, result.Tokens[0], name, allowed, read),
        };

    /// <summary>An option that may be given several times, with one value each.</summary>
    public static Option<T[]?> Several<T>(
        string name, string valueName, string allowed, Func<string, T?> read, string description) =>
        new(name)
        {
            HelpName = valueName,
            Description = description,
            Arity = ArgumentArity.OneOrMore,
            CustomParser = result =>
                [.. result.Tokens.Select(token => Read(result, token, name, allowed, read)!)],
        };

    /// <summary>One option cannot stand beside any of the others.</summary>
    public static void Exclude(Command command, Option one, params Option[] others) =>
        command.Validators.Add(result =>
        {
            foreach (var other in others)
            {
                if (result.GetResult(one) is not null && result.GetResult(other) is not null)
                {
                    result.AddError($"{one.Name} cannot be combined with {other.Name}");
                }
            }
        });

    static T Read<T>(
        ArgumentResult result, Token token, string name, string allowed, Func<string, T> read)
    {
        var value = read(token.Value);
        if (value is null)
        {
            result.AddError(Wrong(name, token.Value, allowed));
        }

        return value;
    }
}
