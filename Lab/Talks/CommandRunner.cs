using System.Diagnostics;
using TinyResilient.Lab.Processes;

namespace TinyResilient.Lab.Talks;

/// <summary>Runs what a talk types.</summary>
interface ICommandRunner
{
    /// <param name="line">Takes each line that it writes, from several threads; null: it writes to the terminal itself.</param>
    IRunningCommand Start(TypedCommand command, Action<string>? line);
}

interface IRunningCommand
{
    /// <summary>The exit code, after its last line.</summary>
    Task<int> Exit { get; }

    /// <summary>What Ctrl-C does.</summary>
    void Interrupt();

    /// <summary>Interrupts it, and ends it when that does not help.</summary>
    Task StopAsync();
}

/// <summary>
/// Runs `./tiny` as the program that this process runs, and curl as the PATH has it: no shell, no other program. What it starts ends with
/// it.
/// </summary>
/// <param name="isTerminal">Whether a terminal tells the commands of Ctrl-C, and they may draw on it.</param>
sealed class CommandRunner(PortPlan ports, Readiness readiness, bool isTerminal, TimeProvider time) : ICommandRunner
{
    public IRunningCommand Start(TypedCommand command, Action<string>? line)
    {
        if (command.StartsLab)
            return new Look(PresenceAsync(line ?? Console.WriteLine));
        var start = command.IsTiny
            ? ServicePrograms.Own(command.Words.Skip(1))
            : new ProcessStartInfo(OnPath.Find(TypedCommand.Curl) ?? TypedCommand.Curl, Curl(command, line is null));
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = line is not null;
        return new CommandProcess(Process.Start(start)!, line, isTerminal, time);
    }

    // On a terminal as it was typed. Elsewhere it would draw its progress, and an error of HTTP would be a success.
    IEnumerable<string> Curl(TypedCommand command, bool isOnTerminal) =>
        isTerminal && isOnTerminal ? command.Words.Skip(1) : command.Words.Skip(1).Prepend("--fail").Prepend("--show-error").Prepend("--silent");

    // A lab is started in a terminal of its own. What matters here is whether there is one.
    async Task<int> PresenceAsync(Action<string> line)
    {
        var complaint = await readiness.AskAsync(Service.A.Ready(ports), CancellationToken.None);
        line(complaint is null ? "The lab runs." : $"There is no lab yet: service-a {complaint}. Start it in a terminal of its own.");
        return complaint is null ? 0 : 1;
    }

    sealed class Look(Task<int> answer) : IRunningCommand
    {
        public Task<int> Exit => answer;

        public void Interrupt()
        {
        }

        public Task StopAsync() => answer;
    }
}
