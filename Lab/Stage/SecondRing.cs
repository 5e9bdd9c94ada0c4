using TinyResilient.Lab.Scenarios;

namespace TinyResilient.Lab.Stage;

/// <summary>
/// The last ten minutes, second by second. What came between two looks belongs to the second in the middle of them; a second is
/// finished when a look came after it. Seconds without any look are there as well, with nothing in them. Sees no clock.
/// </summary>
sealed class SecondRing
{
    const int Most = 600;

    readonly Queue<Second> _finished = [];
    readonly Dictionary<long, Lanes<Part>> _open = [];
    // The first second that is not finished
    long? _next;

    /// <summary>Adds what came in one lane between two looks.</summary>
    public void Add(long fromMs, long nowMs, string lane, Flow more, string breaker)
    {
        var part = Open(Math.Max((fromMs + nowMs) / 2 / 1000, _next ?? 0))[lane];
        part.Flow += more;
        part.Breaker = breaker;
    }

    /// <summary>Finishes every second that is over, once all looks at it have been added.</summary>
    /// <returns>Whether there was one.</returns>
    /// <param name="offered">Requests per second that are offered now.</param>
    /// <param name="latency">p50 and p95 of a lane in a second, by its beginning.</param>
    public bool Close(long nowMs, double offered, Func<string, long, (double? P50, double? P95)> latency)
    {
        _next = Math.Max(_next ?? nowMs / 1000, nowMs / 1000 - Most);
        var first = _next;
        for (; (_next + 1) * 1000 <= nowMs; _next++)
        {
            var second = _next.Value;
            var parts = Open(second);
            _open.Remove(second);
            _finished.Enqueue(new(second * 1000, Of(Lane.Actor), Of(Lane.Http), offered));
            if (_finished.Count > Most)
                _finished.Dequeue();

            LaneSecond Of(string lane)
            {
                var (flow, (p50, p95)) = (parts[lane].Flow, latency(lane, second * 1000));
                return new(flow.Sent, flow.Succeeded, flow.Failed, flow.Refused, flow.TimedOut, flow.Attempts, p50, p95, parts[lane].Breaker);
            }
        }
        return _next != first;
    }

    public IReadOnlyList<Second> Newest(int most = Most) => [.. _finished.TakeLast(most)];

    Lanes<Part> Open(long second) =>
        _open.TryGetValue(second, out var parts) ? parts : _open[second] = Lanes<Part>.Of(_ => new());

    sealed class Part
    {
        public Flow Flow { get; set; }
        public string? Breaker { get; set; }
    }
}
