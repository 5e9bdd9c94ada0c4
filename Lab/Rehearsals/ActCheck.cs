using System.Globalization;
using TinyResilient.Lab.Talks;

namespace TinyResilient.Lab.Rehearsals;

/// <summary>A command that was typed, and what came of it.</summary>
/// <param name="Code">Its exit code; null: it was given up.</param>
/// <param name="LastLine">That it wrote.</param>
sealed record TypedOnce(Section Act, TypedCommand Command, int? Code, double Seconds, string LastLine);

/// <summary>Does each act work, command by command?</summary>
static class ActCheck
{
    /// <param name="typed">In its order.</param>
    /// <param name="windows">Which cannot pause a process, as the talk says.</param>
    public static IEnumerable<Finding> Of(Talk talk, IReadOnlyList<TypedOnce> typed, bool windows)
    {
        foreach (var act in talk.Sections.Where(section => section.Blocks.SelectMany(block => block.Commands).Any(command => !command.StartsLab)))
        {
            var what = act.IsNumbered ? $"act {act.Label}" : act.Heading.Split(':')[0];
            var commands = typed.Where(one => one.Act == act).ToList();
            if (commands.Count == 0)
                yield return Finding.Red(what, "was not typed", "see above");
            else if (commands.FirstOrDefault(one => one.Code != 0 && !(windows && one.Command.Words is [_, "pause" or "resume", ..])) is { } failed)
                yield return Finding.Red(what, $"{failed.Command.Text} {(failed.Code is { } code ? $"ended with exit code {code}" : "did not end")}"
                    + $"{(failed.LastLine.Length > 0 ? $", \"{failed.LastLine}\"" : "")}", "type it, and read what it says");
            else
                yield return Finding.Green(what, string.Create(CultureInfo.InvariantCulture,
                    $"{commands.Count} commands, each with exit code 0, {commands.Sum(one => one.Seconds):0} s"));
        }
    }
}
