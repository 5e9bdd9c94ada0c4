using Spectre.Console;
using Spectre.Console.Rendering;

namespace TinyResilient.Lab.Talks;

/// <summary>
/// What the room sees. Counts what was shown since somebody last pressed a key, so that nothing scrolls away unread; and keeps the line
/// that is being typed below whatever a command says that still runs.
/// </summary>
/// <param name="keyPause">Between two letters that are typed.</param>
sealed class TalkScreen(IAnsiConsole console, TimeSpan keyPause, TimeProvider time)
{
    const string Bold = "\e[1;33m", Plain = "\e[0m", EraseLine = "\e[2K", Up = "\e[1A";

    // Below the prose: an empty line, the line with the keys, the command.
    const int Reserved = 4;

    readonly Lock _gate = new();
    string? _open;
    int _shown;

    bool IsTerminal => console.Profile.Capabilities.Ansi;

    /// <summary>Whether it can be read together with what was shown since the last key.</summary>
    public bool Fits(IRenderable text) => _shown == 0 || _shown + Height(text) + Reserved <= console.Profile.Height;

    /// <summary>A key was pressed: what is above has been read.</summary>
    public void Read() => _shown = 0;

    /// <summary>Shows a paragraph or a heading, and an empty line before it.</summary>
    public void Show(IRenderable text)
    {
        lock (_gate)
        {
            _shown += Height(text);
            console.WriteLine();
            console.Write(new Rows(text));
        }
    }

    /// <summary>A line of the player itself.</summary>
    public void Say(string markup)
    {
        lock (_gate)
            console.MarkupLine(markup);
    }

    /// <summary>Types a command letter by letter, and leaves the line open. A key that is pressed meanwhile ends the show.</summary>
    public async Task TypeAsync(string command, CancellationToken stop)
    {
        Open("$ ");
        var pause = keyPause;
        foreach (var letter in command)
        {
            if (pause > TimeSpan.Zero)
                await Task.Delay(pause, time, stop);
            if (Forget())
                pause = TimeSpan.Zero;
            Add($"{letter}");
        }
    }

    /// <summary>Keys that were pressed until now were not meant for what comes next.</summary>
    /// <returns>Whether there were any.</returns>
    public bool Forget()
    {
        var any = false;
        while (console.Profile.Capabilities.Interactive && console.Input.IsKeyAvailable())
            any = console.Input.ReadKey(true) is not null;
        return any;
    }

    /// <summary>Begins a line that stays open.</summary>
    public void Open(string text)
    {
        lock (_gate)
            Write($"{(IsTerminal ? Bold : "")}{_open = text}");
    }

    public void Add(string text)
    {
        lock (_gate)
        {
            _open += text;
            Write(text);
        }
    }

    /// <summary>Takes the last letter of the open line away.</summary>
    public void TakeBack()
    {
        lock (_gate)
            Write($"{Erased()}{Bold}{_open = _open?[..^1]}");
    }

    /// <summary>Ends the open line, where there is one.</summary>
    public void Close()
    {
        lock (_gate)
        {
            if (_open is not null)
                Write(IsTerminal ? $"{Plain}\n" : "\n");
            _open = null;
        }
    }

    /// <summary>A line of a command that runs while others are typed; from any thread.</summary>
    public void Above(string line)
    {
        lock (_gate)
        {
            if (_open is null)
                Write($"{Screen.Visible(line)}\n");
            else
                Write(IsTerminal ? $"{Erased()}{Plain}{Screen.Visible(line)}\n{Bold}{_open}" : $"\n{Screen.Visible(line)}\n{_open}");
        }
    }

    string Erased() => string.Concat(Enumerable.Repeat($"{EraseLine}{Up}", Math.Max(0, _open!.Length - 1) / Math.Max(1, console.Profile.Width)))
        + $"{EraseLine}\r";

    int Height(IRenderable text) => 1 + Segment.SplitLines(text.GetSegments(console), console.Profile.Width).Count;

    // Past the library, which would break the line where a terminal does not.
    void Write(string text)
    {
        console.Profile.Out.Writer.Write(text);
        console.Profile.Out.Writer.Flush();
    }
}
