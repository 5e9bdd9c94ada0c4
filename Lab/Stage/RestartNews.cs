using System.Globalization;

namespace TinyResilient.Lab.Stage;

/// <summary>
/// Tells the restarts of one pool in plain words: one by one where they are few, at most one a second; summed up where they are
/// many, every five seconds, so that the room also sees what else happens. Sees no clock.
/// </summary>
sealed class RestartNews
{
    const int PauseMs = 1_000, PauseWhereManyMs = 5_000;

    readonly Dictionary<int, int> _before = [];
    readonly List<WorkerReading> _untold = [];
    int? _pid;
    long _count, _toldMs = long.MinValue / 2;

    /// <summary>Null while there is nothing to tell.</summary>
    public string? Look(long nowMs, int pid, IReadOnlyList<WorkerReading> workers)
    {
        if (_pid != pid)
            _before.Clear();
        var isFirst = _pid != pid;
        _pid = pid;
        foreach (var worker in workers.Where(worker => worker.State != "restarting")) // told when it is over
        {
            var more = worker.Restarts - _before.GetValueOrDefault(worker.Number, isFirst ? worker.Restarts : 0);
            _before[worker.Number] = worker.Restarts;
            if (more <= 0)
                continue;
            _count += more;
            _untold.Add(worker);
        }
        if (_count == 0 || nowMs - _toldMs < (_count == 1 ? PauseMs : PauseWhereManyMs))
            return null;
        var text = _count == 1 ? One(_untold[0]) : Many();
        (_count, _toldMs) = (0, nowMs);
        _untold.Clear();
        return text;
    }

    static string One(WorkerReading worker) => string.Join(", ", ((string?[])
    [
        $"worker {worker.Number} restarted", Cause(worker.RestartCause, "it was", "it"),
        worker.RestartMs is { } ms ? $"{ms.ToString(ms < 10 ? "G2" : "0", CultureInfo.InvariantCulture)} ms" : null,
    ]).OfType<string>());

    string Many()
    {
        var main = _untold.GroupBy(worker => worker.RestartCause).OrderByDescending(same => same.Count()).First();
        var who = main.Count() == _count ? "all" : $"{main.Count()}";
        return string.Join(", ", ((string?[])[$"{_count} workers restarted", Cause(main.Key, $"{who} were", who)]).OfType<string>());
    }

    static string? Cause(string? cause, string be, string subject) => cause switch
    {
        null => null,
        "failed" or "crashed" or "hung" => $"{subject} {cause}",
        _ => $"{be} {cause}",
    };
}
