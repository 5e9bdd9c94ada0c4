using TinyResilient.Lab.Talks;

namespace TinyResilient.Lab.Rehearsals;

/// <summary>Runs the commands of a talk, and keeps what came of each. Gives up on one that does not end.</summary>
/// <param name="say">Takes a line for each command that begins.</param>
sealed class TypingRecord(ICommandRunner runner, IReadOnlyList<Step> steps, Action<string> say, TimeProvider time) : ICommandRunner
{
    /// <summary>The longest load of the talk lasts 25 seconds.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    readonly Lock _gate = new();
    readonly List<TypedOnce> _typed = [];

    /// <summary>Those that have ended, in the order in which they did.</summary>
    public IReadOnlyList<TypedOnce> Typed
    {
        get
        {
            lock (_gate)
                return [.. _typed];
        }
    }

    public IRunningCommand Start(TypedCommand command, Action<string>? line)
    {
        var act = steps.OfType<Run>().First(run => ReferenceEquals(run.Command, command)).Section;
        say($"{act.Heading}: {command.Text}");
        var last = "";
        var running = runner.Start(command, text =>
        {
            if (text.Trim() is { Length: > 0 } words)
                last = words;
            line?.Invoke(text);
        });
        return new Kept(running, KeepAsync(act, command, running, () => last));
    }

    async Task<int> KeepAsync(Section act, TypedCommand command, IRunningCommand running, Func<string> last)
    {
        var began = time.GetTimestamp();
        int? code = null;
        try
        {
            code = await running.Exit.WaitAsync(Limit, time);
        }
        catch (TimeoutException)
        {
            await running.StopAsync();
        }
        lock (_gate)
            _typed.Add(new(act, command, code, time.GetElapsedTime(began).TotalSeconds, last()));
        return code ?? -1;
    }

    sealed class Kept(IRunningCommand running, Task<int> exit) : IRunningCommand
    {
        public Task<int> Exit => exit;

        public void Interrupt() => running.Interrupt();

        public Task StopAsync() => running.StopAsync();
    }
}
