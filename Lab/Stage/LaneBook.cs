namespace TinyResilient.Lab.Stage;

/// <summary>All that the stage knows of one lane, from look to look.</summary>
sealed class LaneBook(string lane, LoadMeter meter, EventLog events)
{
    const string Durations = "tiny_request_duration_seconds";
    static readonly Dictionary<string, long> nothing = [];

    readonly LaneFlow _flow = new();
    readonly RestartNews _restarts = new();
    readonly Queue<(long AtMs, PrometheusHistogram Times)> _times = [];
    readonly Dictionary<int, (int Failures, int Restarts)> _before = [];
    GatewayLane? _gateway;
    PoolLane? _pool;
    PoolBooks? _books;
    IReadOnlyList<WorkerNow> _workers = [];
    long? _lookedMs;

    /// <summary>Answers per second in the last ten seconds that were to others than the stage's own load.</summary>
    public double OthersPerS(long nowMs) => _flow.RecentSeconds(nowMs) is > 0 and var seconds
        ? Math.Max(0, _flow.Recent(nowMs).Answers - meter.Count(nowMs)) / seconds : 0;

    public void Take(long nowMs, GatewayLook look, SecondRing seconds)
    {
        var (before, now) = (_gateway?.Breaker.State, look.State.Lanes[lane]);
        _gateway = now;
        seconds.Add(_lookedMs ?? nowMs, nowMs, lane, _flow.Add(nowMs, look.State.Pid, Flow.Of(now)), now.Breaker.State);
        _lookedMs = nowMs;
        if (before is not null && before != now.Breaker.State)
            events.Add(EventKind.Breaker, lane, News.OfBreaker(lane, now.Breaker.State));
        if (look.Metrics is { } text
            && PrometheusHistogram.Read(text, Durations, $"lane=\"{lane}\"", "outcome=\"succeeded\"") is { } times)
        {
            if (_times.Count > 0 && times.Since(_times.Last().Times) is null)
                _times.Clear();
            _times.Enqueue((nowMs, times));
            while (_times.Peek().AtMs < nowMs - LaneFlow.Window.TotalMilliseconds)
                _times.Dequeue();
        }
    }

    public void Take(long nowMs, PoolLook look)
    {
        (_pool, _books) = (look.State.Lanes[lane], look.Ledger.Lanes[lane]);
        _workers = [.. _pool.Workers.Select(Now)];
        if (_restarts.Look(nowMs, look.State.Pid, _pool.Workers) is { } text)
            events.Add(EventKind.Restart, lane, text);
    }

    /// <param name="seesPool">False where nothing is known of its workers any more.</param>
    public LaneNow Now(long nowMs, bool seesPool)
    {
        var isLoaded = meter.Count(nowMs) > 0;
        var recent = _flow.Recent(nowMs);
        var seconds = _flow.RecentSeconds(nowMs);
        double? Per(long count, long of) => of == 0 ? null : (double)count / of;
        var (p50, p95) = isLoaded ? meter.Response(long.MinValue, long.MaxValue) : Histogram(_times.Count);
        return new(
            _gateway?.Breaker ?? new("closed", null, 0),
            100 * Per(recent.Succeeded, recent.Answers), recent.Answers, recent.Attempts, Per(recent.Attempts, recent.Answers),
            seconds == 0 ? 0 : recent.Sent / seconds, p50, p95, isLoaded ? LatencySource.Load : LatencySource.Histogram,
            _gateway?.Requests.GetValueOrDefault("in_flight") ?? 0,
            _gateway?.Requests ?? nothing, _gateway?.Attempts ?? nothing, _books?.Attempts ?? nothing, _books?.Effects ?? nothing,
            seesPool ? new(_pool?.QueueLength ?? 0, _pool?.QueueLimit ?? 0) : new(0, 0), seesPool ? _workers : []);
    }

    /// <summary>p50 and p95 of one second that is just over.</summary>
    public (double?, double?) Latency(long nowMs, long secondMs) =>
        meter.Count(nowMs) > 0 ? meter.Response(secondMs, secondMs + 1_000) : Histogram(looks: 2);

    // Between the newest look at it and one before.
    (double?, double?) Histogram(int looks) => looks > 1 && _times.Count >= looks
        && _times.Last().Times.Since(_times.ElementAt(_times.Count - looks).Times) is { } recent
            ? (recent.Ms(0.5), recent.Ms(0.95)) : (null, null);

    WorkerNow Now(WorkerReading worker)
    {
        var isKnown = _before.TryGetValue(worker.Number, out var before);
        _before[worker.Number] = (worker.Failures, worker.Restarts);
        var fails = isKnown && worker.Failures > before.Failures && worker.Restarts == before.Restarts && worker.State is "idle" or "busy";
        return new(fails ? "failing" : worker.State, worker.Restarts);
    }
}
