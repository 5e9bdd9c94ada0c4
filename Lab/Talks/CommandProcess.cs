using System.Diagnostics;
using TinyResilient.Lab.Processes;

namespace TinyResilient.Lab.Talks;

/// <summary>One command of a talk as a process.</summary>
/// <param name="line">Takes what it writes; null: it has the terminal.</param>
/// <param name="isTerminal">Whether it hears of Ctrl-C by itself.</param>
sealed class CommandProcess(Process process, Action<string>? line, bool isTerminal, TimeProvider time) : IRunningCommand
{
    static readonly TimeSpan limit = TimeSpan.FromSeconds(5);

    public Task<int> Exit { get; } = ExitAsync(process, line);

    public void Interrupt()
    {
        if (!isTerminal && !Exit.IsCompleted)
            Signal();
    }

    public async Task StopAsync()
    {
        if (!Exit.IsCompleted)
            Signal();
        try
        {
            await Exit.WaitAsync(limit, time);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            await Exit;
        }
    }

    // Windows has no such signal for one process alone.
    void Signal()
    {
        if (!Signals.Send(process.Id, Processes.Signal.Interrupt) && !process.HasExited)
            process.Kill(entireProcessTree: true);
    }

    static async Task<int> ExitAsync(Process process, Action<string>? line)
    {
        if (line is not null)
        {
            process.StandardInput.Close();
            await Task.WhenAll(ReadAsync(process.StandardOutput, line), ReadAsync(process.StandardError, line));
        }
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    static async Task ReadAsync(StreamReader lines, Action<string> line)
    {
        while (await lines.ReadLineAsync() is { } next)
            line(next);
    }
}
