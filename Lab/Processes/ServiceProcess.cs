using System.Diagnostics;

namespace TinyResilient.Lab.Processes;

/// <summary>
/// One running service. It ends when told to, and it ends when Lab ends, however that happens: it watches
/// the pipe on its standard input, which closes with Lab. Ctrl-C in the terminal does not reach it; Lab
/// decides who stops first.
/// </summary>
sealed class ServiceProcess : IDisposable
{
    /// <summary>How long the last lines may take after the process has ended.</summary>
    static readonly TimeSpan lastLines = TimeSpan.FromSeconds(1);

    readonly Process _process;
    readonly Action<string>? _forward;
    readonly TimeProvider _time;
    volatile string? _lastLine;

    ServiceProcess(Process process, Action<string>? forward, TimeProvider time)
    {
        (_process, _forward, _time) = (process, forward, time);
        Identity = ProcessIdentity.Of(process.Id);
        Exited = ExitAsync(ForwardAsync(process.StandardOutput), ForwardAsync(process.StandardError));
    }

    /// <summary>Null when it was gone before it could be asked.</summary>
    public ProcessIdentity? Identity { get; }

    /// <summary>The exit code, after the last line was forwarded.</summary>
    public Task<int> Exited { get; }

    /// <summary>What it wrote last, empty lines left out; null: nothing.</summary>
    public string? LastLine => _lastLine;

    /// <summary>The same as the end of a line that says that it has ended or is not ready.</summary>
    public string Said => _lastLine is { } last ? $"; its last line: {last}" : "";

    /// <param name="environment">Added to the environment of Lab.</param>
    /// <param name="forward">Takes each line that the service writes, from several threads; null: nobody does.</param>
    /// <param name="inherits">Which variables of Lab's own environment it gets; null: all.</param>
    public static ServiceProcess Start(Service service, IReadOnlyDictionary<string, string> environment,
        Action<string>? forward, TimeProvider time, Func<string, bool>? inherits = null)
    {
        var start = ServicePrograms.Start(service);
        foreach (var name in start.Environment.Keys.Where(name => inherits?.Invoke(name) is false).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Start(start, forward, time);
    }

    /// <summary>Any program that ends when its standard input does.</summary>
    public static ServiceProcess Start(ProcessStartInfo start, Action<string>? forward, TimeProvider time)
    {
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        return new(Process.Start(start)!, forward, time);
    }

    /// <summary>
    /// Closes the service's standard input, which asks it to drain and end; kills it when it does not.
    /// </summary>
    /// <param name="limit">How long it may take.</param>
    /// <param name="now">Kills it at once.</param>
    /// <returns>False when it had to be killed.</returns>
    public async Task<bool> StopAsync(TimeSpan limit, CancellationToken now)
    {
        if (Exited.IsCompleted)
            return true;
        // A paused process does not see that its input has ended.
        if (Signals.CanPause)
            Signals.Send(_process.Id, Signal.Resume);
        _process.StandardInput.Close();
        try
        {
            await Exited.WaitAsync(limit, _time, now);
            return true;
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            await Exited;
            return false;
        }
    }

    public void Dispose() => _process.Dispose();

    async Task<int> ExitAsync(params Task[] forwarding)
    {
        await _process.WaitForExitAsync();
        try
        {
            await Task.WhenAll(forwarding).WaitAsync(lastLines, _time);
        }
        catch (TimeoutException)
        {
            // Somebody else holds the pipe open. The exit is the news that counts.
        }
        return _process.ExitCode;
    }

    async Task ForwardAsync(StreamReader lines)
    {
        while (await lines.ReadLineAsync() is { } line)
        {
            if (line.Length > 0)
                _lastLine = line;
            _forward?.Invoke(line);
        }
    }
}
