using Spectre.Console;

namespace TinyResilient.Lab;

/// <summary>
/// Writes whole lines, each with who says it in front. Never mixes two lines; a terminal that is gone
/// loses the lines and stops nobody.
/// </summary>
sealed class Screen(TextWriter output, TextWriter errors, bool colours)
{
    readonly Lock _gate = new();

    /// <summary>Colours on a terminal that has them, unless NO_COLOR is set.</summary>
    public static Screen Standard() => new(Console.Out, Console.Error,
        AnsiConsole.Profile.Capabilities is { Ansi: true, ColorSystem: not ColorSystem.NoColors });

    /// <summary>A line of Lab itself.</summary>
    public void Say(string line) => Write("tiny", line);

    /// <summary>A line of a service, exactly as it came, except that it cannot steer the terminal.</summary>
    public void Forward(string name, string line) => Write(name, Visible(line));

    /// <summary>Text without anybody in front.</summary>
    public void Plain(string text) => Write(output, text);

    /// <summary>Why it failed, on standard error.</summary>
    public void Complain(string line) => Write(errors, line);

    void Write(string name, string line) => Write(output, $"{Coloured(name)} | {line}");

    void Write(TextWriter writer, string line)
    {
        lock (_gate)
        {
            try
            {
                writer.WriteLine(line);
            }
            catch (IOException)
            {
                // The terminal was closed. The signal that says so is on its way.
            }
        }
    }

    // Word and place tell the services apart; the colour only helps.
    string Coloured(string name)
    {
        var padded = name.PadRight("service-a".Length);
        return !colours ? padded : name switch
        {
            "service-a" => $"\e[36m{padded}\e[0m",
            "service-b" => $"\e[33m{padded}\e[0m",
            _ => $"\e[1m{padded}\e[0m",
        };
    }

    /// <summary>The line, with nothing in it that steers a terminal.</summary>
    public static string Visible(string line) =>
        line.Any(IsControl) ? string.Concat(line.Select(c => IsControl(c) ? '?' : c)) : line;

    static bool IsControl(char c) => char.IsControl(c) && c != '\t';
}
