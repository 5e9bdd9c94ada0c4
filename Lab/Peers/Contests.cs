using TinyResilient.Lab.Scenarios;
using TinyResilient.Shared.Hosting;

namespace TinyResilient.Lab.Peers;

/// <summary>The scenarios in which lanes and peers are compared, and how each is tuned for.</summary>
static class Contests
{
    /// <param name="proxies">Those that are installed.</param>
    public static IReadOnlyList<Contest> With(IReadOnlyList<Proxy> proxies) =>
    [
        // Work takes 10 ms: whoever is slower than 2 s has met a busy machine, and not this fault.
        new(new Errors(), proxies, null, _ => [], _ => [("REQUEST_TIMEOUT_S", 2.0)], ("seconds", "5")),

        // ServiceB's own watchdog: nobody in front of it can free a worker. At 2 % p99 sees those that met a hanging worker.
        new(new Hang(), proxies, null, values => [("HANG_AFTER_MS", values["watchdog_ms"])], _ => [], ("h", "0.02"), ("seconds", "8")),

        // ServiceB's queue has no bound, and it drops only what has expired (DEADLINE_PROPAGATION, X-Budget-Ms): it is for its callers not to bury it.
        new(new Metastable(), proxies, Metastable.High, _ => [],
            values => [("REQUEST_TIMEOUT_S", values["timeout"]), ("RETRY_BUDGET", values.Text("budget")), ("DEADLINE_PROPAGATION", true)],
            ("seconds", "14")),

        new(new OneBadNode(), proxies, null, _ => [],
            values =>
            [
                ("ACTOR_FAILURE_THRESHOLD", values.Whole("threshold")), ("COOL_DOWN_SECONDS", values["cool_down"]),
                ("BREAKER_RATIO", 0.2), ("BREAKER_MIN_CALLS", 10),
            ],
            ("seconds", "6")),
    ];

    /// <summary>One line for a name that is none of them.</summary>
    public static string Unknown(string name)
    {
        var names = Scenarios.Select(scenario => scenario.Name).ToList();
        return Catalogue.Find(name) is { } other ? $"{other.Name} is not compared with peers; there are {string.Join(", ", names)}"
            : $"{name} is no scenario; " + (Nearest.To(name, Scenarios.SelectMany(Catalogue.Names)) is { } nearest ? $"did you mean {nearest}?"
                : $"peers compares {string.Join(", ", names)}");
    }

    /// <summary>By the name or id of the scenario, in any case; null when there is none.</summary>
    public static Contest? Find(IReadOnlyList<Contest> contests, string name) => Catalogue.Find(name) is { } scenario
        ? contests.FirstOrDefault(contest => contest.Id == scenario.Id) : null;

    static IReadOnlyList<Scenario> Scenarios => [.. With([]).Select(contest => Catalogue.Find(contest.Id)!)];
}
