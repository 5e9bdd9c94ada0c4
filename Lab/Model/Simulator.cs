namespace TinyResilient.Lab.Model;

/// <summary>
/// Callers, a gateway and pools of workers in simulated time: where every band comes from that a formula cannot give.
/// The same settings and seed give the same run; a draw depends on (seed, name, request, attempt) alone.
/// </summary>
static class Simulator
{
    /// <summary>Runs until the last request has ended.</summary>
    /// <exception cref="OperationCanceledException">It was stopped before.</exception>
    public static ModelRun Run(ModelSettings settings, long seed, CancellationToken stop = default)
    {
        var chance = new Chance(seed);
        var timeline = new Timeline();
        var gateway = new ModelGateway(settings, timeline, chance);
        var requests = new List<ModelRequest>();
        using var due = settings.Arrivals.Times(chance).GetEnumerator();

        // The next arrival is planned when the one before is there: the timeline stays short
        void Next()
        {
            stop.ThrowIfCancellationRequested();
            if (!due.MoveNext()) return;
            var request = requests.Count;
            requests.Add(default);
            timeline.At(due.Current, () =>
            {
                Next();
                new ModelCall(gateway, request, ended => requests[request] = ended).Begin();
            });
        }

        Next();
        timeline.Run();
        return new(requests, gateway.Counts, gateway.Sent);
    }
}
