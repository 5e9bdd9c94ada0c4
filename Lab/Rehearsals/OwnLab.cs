using System.Diagnostics;
using TinyResilient.Lab.Processes;

namespace TinyResilient.Lab.Rehearsals;

/// <summary>
/// A lab as a speaker starts it: the process `tiny up`. It ends with this process, however that ends, because it watches the pipe on its
/// standard input.
/// </summary>
sealed class OwnLab : IAsyncDisposable
{
    // Longer than the lab itself gives its services.
    static readonly TimeSpan stopLimit = TimeSpan.FromSeconds(30);

    readonly Process _process;
    readonly TimeProvider _time;
    readonly Task _reading;
    readonly long _began;
    volatile string _lastLine = "";

    OwnLab(Process process, TimeProvider time)
    {
        (_process, _time, _began) = (process, time, time.GetTimestamp());
        _reading = Task.WhenAll(ReadAsync(process.StandardOutput), ReadAsync(process.StandardError));
    }

    /// <param name="options">After <c>up</c>.</param>
    public static OwnLab Start(PortPlan ports, IEnumerable<string> options, TimeProvider time)
    {
        var start = ServicePrograms.Own(["up", "--port-base", $"{ports.HttpA}", .. options]);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Environment["EXIT_WITH_PARENT"] = "true";
        return new(Process.Start(start)!, time);
    }

    /// <summary>Waits until services and stage say that they are ready.</summary>
    /// <returns>Since its start; or a complaint.</returns>
    public async Task<(TimeSpan Took, string? Complaint)> ReadyAsync(PortPlan ports, Readiness readiness, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var answers = Task.WhenAll(new[] { Service.A.Ready(ports), Service.B.Ready(ports), new Uri($"http://127.0.0.1:{ports.HttpLab}/readyz") }
            .Select(address => readiness.WaitAsync(address, either.Token)));
        if (await Task.WhenAny(answers, _process.WaitForExitAsync(either.Token)) != answers && !stop.IsCancellationRequested)
        {
            await either.CancelAsync();
            await _reading;
            return (default, _lastLine);
        }
        var complaint = (await answers).FirstOrDefault(answer => answer is not null);
        return (_time.GetElapsedTime(_began), complaint is null ? null : $"one of them {complaint}; the last line of the lab: {_lastLine}");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        try
        {
            await _process.WaitForExitAsync().WaitAsync(stopLimit, _time);
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
        }
        await _reading;
        _process.Dispose();
    }

    async Task ReadAsync(StreamReader lines)
    {
        while (await lines.ReadLineAsync() is { } line)
            if (line.Length > 0)
                _lastLine = line;
    }
}
