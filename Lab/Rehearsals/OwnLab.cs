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

    readonly ServiceProcess _process;
    readonly TimeProvider _time;
    readonly long _began;

    OwnLab(ServiceProcess process, TimeProvider time) => (_process, _time, _began) = (process, time, time.GetTimestamp());

    /// <param name="options">After <c>up</c>.</param>
    public static OwnLab Start(PortPlan ports, IEnumerable<string> options, TimeProvider time)
    {
        var start = ServicePrograms.Own(["up", "--port-base", $"{ports.HttpA}", .. options]);
        start.Environment["EXIT_WITH_PARENT"] = "true";
        return new(ServiceProcess.Start(start, forward: null, time), time);
    }

    /// <summary>Waits until services and stage say that they are ready.</summary>
    /// <returns>Since its start; or a complaint.</returns>
    public async Task<(TimeSpan Took, string? Complaint)> ReadyAsync(PortPlan ports, Readiness readiness, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var answers = Task.WhenAll(new[] { Service.A.Ready(ports), Service.B.Ready(ports), new Uri($"http://127.0.0.1:{ports.HttpLab}/readyz") }
            .Select(address => readiness.WaitAsync(address, either.Token)));
        if (await Task.WhenAny(answers, _process.Exited) != answers && !stop.IsCancellationRequested)
        {
            await either.CancelAsync();
            return (default, _process.LastLine ?? "");
        }
        var complaint = (await answers).FirstOrDefault(answer => answer is not null);
        return (_time.GetElapsedTime(_began), complaint is null ? null : $"one of them {complaint}; the last line of the lab: {_process.LastLine}");
    }

    public async ValueTask DisposeAsync()
    {
        await _process.StopAsync(stopLimit, CancellationToken.None);
        _process.Dispose();
    }
}
