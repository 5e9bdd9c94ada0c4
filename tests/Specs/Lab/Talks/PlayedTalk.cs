using Microsoft.Extensions.Time.Testing;
using Spectre.Console;
using Spectre.Console.Rendering;
using TinyResilient.Lab.Talks;

namespace Specs.Lab.Talks;

/// <summary>A talk that is played by a script: of keys, and of what happens between them.</summary>
sealed class PlayedTalk : ICommandRunner, IAnsiConsole, IAnsiConsoleInput, IDisposable
{
    readonly StringWriter _writer = new() { NewLine = "\n" };
    readonly IAnsiConsole _console;
    readonly Queue<object> _script = [];

    public PlayedTalk(string text, int height = 1_000)
    {
        _console = AnsiConsole.Create(new() { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(_writer) });
        (_console.Profile.Width, _console.Profile.Height) = (100, height);
        var talk = TalkReader.Read("t.md", text.Split('\n'), _ => null, out _)!;
        var screen = new TalkScreen(this, TimeSpan.Zero, Time);
        Player = new(Step.Of(talk, (command, _) => command), screen, new SpeakersKeys(talk, this, screen), this, Time);
    }

    public TalkPlayer Player { get; }

    public FakeTimeProvider Time { get; } = new();

    /// <summary>What was run, in its order, and whether beneath other commands.</summary>
    public List<string> Ran { get; } = [];

    /// <summary>Commands that do not end by themselves; all others do at once, with the code that stands here, or 0.</summary>
    public Dictionary<string, Running> Held { get; } = [];

    public Dictionary<string, int> Codes { get; } = [];

    public string Screen => $"{_writer}";

    /// <summary>Plays it. Return is written as a full stop.</summary>
    /// <param name="script">Keys as text, and what happens as an action.</param>
    public async Task<int> Play(params object[] script)
    {
        foreach (var one in script.SelectMany(one => one is string keys ? keys.Select(key => (object)key) : [one]))
            _script.Enqueue(one);
        return await Player.PlayAsync(CancellationToken.None);
    }

    IRunningCommand ICommandRunner.Start(TypedCommand command, Action<string>? line)
    {
        Ran.Add(line is null ? command.Text : $"beneath: {command.Text}");
        if (!Held.TryGetValue(command.Text, out var running))
            (running = new()).End(Codes.GetValueOrDefault(command.Text));
        running.Line = line;
        return running;
    }

    bool IAnsiConsoleInput.IsKeyAvailable() => false;

    Task<ConsoleKeyInfo?> IAnsiConsoleInput.ReadKeyAsync(bool intercept, CancellationToken stop)
    {
        while (_script.TryDequeue(out var next))
        {
            stop.ThrowIfCancellationRequested();
            if (next is char key)
                return Task.FromResult<ConsoleKeyInfo?>(key == '.' ? new('\r', ConsoleKey.Enter, false, false, false) : new(key, ConsoleKey.None, false, false, false));
            ((Action)next)();
        }
        stop.ThrowIfCancellationRequested();
        throw new InvalidOperationException($"another key is waited for:\n{Screen}");
    }

    ConsoleKeyInfo? IAnsiConsoleInput.ReadKey(bool intercept) => throw new NotSupportedException();

    Profile IAnsiConsole.Profile => _console.Profile;

    IAnsiConsoleCursor IAnsiConsole.Cursor => _console.Cursor;

    IAnsiConsoleInput IAnsiConsole.Input => this;

    IExclusivityMode IAnsiConsole.ExclusivityMode => _console.ExclusivityMode;

    RenderPipeline IAnsiConsole.Pipeline => _console.Pipeline;

    void IAnsiConsole.Clear(bool home) => _console.Clear(home);

    void IAnsiConsole.Write(IRenderable renderable) => _console.Write(renderable);

    void IAnsiConsole.WriteAnsi(Action<AnsiWriter> action) => _console.WriteAnsi(action);

    public void Dispose()
    {
        Player.Dispose();
        _writer.Dispose();
    }

    /// <summary>A command that runs until somebody ends it.</summary>
    public sealed class Running : IRunningCommand
    {
        readonly TaskCompletionSource<int> _exit = new();

        public Action<string>? Line { get; set; }

        public Task<int> Exit => _exit.Task;

        public void End(int code) => _exit.TrySetResult(code);

        public void Interrupt() => End(130);

        public Task StopAsync()
        {
            Interrupt();
            return Exit;
        }
    }
}
