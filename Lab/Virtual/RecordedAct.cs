using TinyResilient.Lab.Http;
using TinyResilient.Lab.Processes;
using TinyResilient.Lab.Results;
using TinyResilient.Lab.Running;
using TinyResilient.Lab.Stage;

namespace TinyResilient.Lab.Virtual;

/// <summary>An act as the stage shows it, recorded in a world for <c>tiny replay</c>.</summary>
static class RecordedAct
{
    // The page shows whole seconds that have passed
    static readonly TimeSpan afterwards = TimeSpan.FromSeconds(3);

    // Simulated requests of a prediction: on this clock it takes no time
    const double Predicted = 60_000;

    /// <returns>Its length in seconds.</returns>
    /// <exception cref="RunFailedException">The file cannot be written, or the act could not go on.</exception>
    public static async Task<double> WriteAsync(World world, VirtualBench bench, ActChoice choice, string path)
    {
        var (time, complaints) = (world.Clock, new List<string>());
        using var http = new HttpClient(world.Network.NewHandler())
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        var ports = PortPlan.From(PortPlan.DefaultBase);
        var parts = new StageParts(
            StagePlace.Of(ports) with
            {
                ServiceA = bench.ServiceA,
                ServiceB = bench.ServiceB[0],
            },
            new(null, ports.HttpA, null), time, complaints.Add, bench.NewLoadHandler);
        using var load = parts.Load;
        using var acts = Acts.Of(parts, bench, new Predictor(time, Predicted) { Beside = compute => compute() }, time);
        parts.Acts = acts;
        var live = new LiveStage(parts, new Looks(new ServiceClient(http, null), bench.ServiceA, bench.ServiceB[0]), time);
        using var curtain = new CancellationTokenSource();
        var looks = live.RunAsync(curtain.Token);
        await Task.Delay(afterwards, time);
        var header = Recorder.HeaderOf(LabVersion.With("virtual time"), time) with { Clock = Clock.Virtual };
        var (file, obstacle) = RecordingWriter.Create(path, header);
        var began = time.GetTimestamp();
        using (file is null ? throw new RunFailedException(obstacle!) : new Recorder(file, live, complaints.Add, time))
        {
            acts.Begin(choice);
            await acts.Ended;
            await Task.Delay(afterwards, time);
        }
        await curtain.CancelAsync();
        await looks;
        if (parts.Events.Newest().LastOrDefault(one => one.Kind == EventKind.Act)?.Text is { } end && end != $"{choice.Scenario.Name} has ended")
            complaints.Add(end);
        return complaints.Count == 0 ? time.GetElapsedTime(began).TotalSeconds : throw new RunFailedException(string.Join("; ", complaints));
    }
}
