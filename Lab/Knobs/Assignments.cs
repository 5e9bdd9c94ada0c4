using System.CommandLine.Parsing;

namespace TinyResilient.Lab.Knobs;

/// <summary>The form of several <c>NAME=VALUE</c> of one command line.</summary>
static class Assignments
{
    /// <param name="before">What stands before each on the command line, with a space.</param>
    /// <param name="example">A right one.</param>
    /// <param name="complain">Takes one line for each that is wrong.</param>
    /// <param name="mayBeEmpty">Whether an empty value means something: it takes a knob of one lane off.</param>
    public static void Check(IEnumerable<Token> tokens, string before, string example, Action<string> complain, bool mayBeEmpty = false)
    {
        var all = tokens.Select(token => (Text: token.Value, Read: Assignment.Read(token.Value))).ToList();
        foreach (var (text, _) in all.Where(one => one.Read is null))
            complain($"{before}{text} is not NAME=VALUE, e.g. {example}");
        foreach (var (text, _) in all.Where(one => !mayBeEmpty && one.Read is { Value: "" }))
            complain($"{before}{text} has no value, e.g. {example}");
        foreach (var group in all.Where(one => one.Read is not null).GroupBy(one => one.Read!.Name).Where(group => group.Count() > 1))
            complain($"{before}{group.Key} is given more than once");
    }
}
