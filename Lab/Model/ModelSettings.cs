namespace TinyResilient.Lab.Model;

/// <summary>
/// One arm of a scenario as the model sees it: who asks, who works, what goes wrong, and what both sides do about it.
/// Times are seconds, rates per second, probabilities 0 to 1.
/// </summary>
sealed record ModelSettings(Arrivals Arrivals, ServiceTime Work)
{
    public ModelPoolSettings Pool { get; init; } = new();
    public ModelFaults Faults { get; init; } = new();
    public ModelPolicy Policy { get; init; } = new();
    public ModelNodes Nodes { get; init; } = new();
    public ModelStart Start { get; init; } = new();

    /// <summary>What goes wrong, and how long work takes, from later seconds on; in the order of time.</summary>
    public IReadOnlyList<ModelPhase> Later { get; init; } = [];

    public ModelFaults FaultsAt(double time) => PhaseAt(time)?.Faults ?? Faults;
    public ServiceTime WorkAt(double time) => PhaseAt(time)?.Work ?? Work;

    ModelPhase? PhaseAt(double time)
    {
        var last = Later.Count - 1;
        while (last >= 0 && Later[last].From > time) last--;
        return last < 0 ? null : Later[last];
    }
}

/// <summary>From this second on; a stall and a burst are those of the settings, in whatever phase.</summary>
sealed record ModelPhase(double From, ModelFaults Faults, ServiceTime Work);

/// <summary>How the first request finds the services.</summary>
/// <param name="Sick">Workers of each pool whose state is corrupt already.</param>
/// <param name="Open">Seconds for which each breaker still refuses; null: it is closed.</param>
sealed record ModelStart(int Sick = 0, double? Open = null);

/// <summary>When requests are due: evenly spread, or Poisson. Over so many seconds, or exactly so many.</summary>
sealed record Arrivals(double Rate, double Seconds, bool Poisson = false, int? Count = null)
{
    public IEnumerable<double> Times(Chance chance)
    {
        var at = 0.0;
        var even = Count ?? (int)Math.Round(Rate * Seconds);
        for (var n = 0; Poisson && Count is null || n < even; n++)
        {
            at = Poisson ? at + chance.Exponential(Drawn.Arrival, n) / Rate : n / Rate;
            if (Count is null && at >= Seconds) yield break;
            yield return at;
        }
    }
}

enum ModelSupervision { Restart, Resume, Fresh }

/// <summary>The pool of each node: a bounded queue, and the worker idle longest takes the next work.</summary>
/// <param name="Restart">Seconds until a failed worker takes work again.</param>
/// <param name="HangAfter">Seconds of one piece of work after which the watchdog replaces its worker; 0: no watchdog.</param>
/// <param name="ExpiryMargin">Work with less left than so many mean service times is dropped.</param>
/// <param name="QuarantineAfter">Crashes of one request after which it is refused; 0: never.</param>
sealed record ModelPoolSettings(
    int Workers = 64, int QueueLimit = 64, ModelSupervision Supervision = ModelSupervision.Restart, double Restart = 0,
    bool AnswerBeforeRestart = true, double HangAfter = 0, bool DeadlinePropagation = true, double ExpiryMargin = 0,
    bool Idempotency = false, int QuarantineAfter = 0);

/// <summary>Where a retry goes: to the node after the one that failed, to any, or to whose turn it is.</summary>
enum RetryNode { Other, Random, InTurn }

enum BreakerScope { Node, Service }

/// <summary>
/// First attempts go round the nodes, and pass over an open breaker. Node 0 fails with its own probability, on top of
/// other faults.
/// </summary>
sealed record ModelNodes(
    int Count = 1, double Failure = 0, RetryNode Retry = RetryNode.Other, BreakerScope Scope = BreakerScope.Node);

enum ModelJitter { Full, Equal, Decorrelated, None }

/// <summary>
/// What the caller does. Order from the outside in: total deadline, retry, breaker, attempt timeout; every attempt
/// counts for the breaker, and busy, expired or refused count neither way.
/// </summary>
/// <param name="HedgeAfter">Seconds until a second copy of a slow attempt is sent; 0: never.</param>
/// <param name="MaxInFlight">Requests at once; more are refused.</param>
sealed record ModelPolicy(
    int Retries = 2, double AttemptTimeout = 1, double TotalTimeout = 10, double BackoffBase = 0.05,
    double BackoffMax = 1, ModelJitter Jitter = ModelJitter.Full, double HedgeAfter = 0, bool RetryOnCrash = true,
    int MaxInFlight = int.MaxValue)
{
    public ConsecutiveBreaker? Breaker { get; init; }
    public RatioBreaker? Ratio { get; init; }
    public RetryBudget? Budget { get; init; }
}

/// <summary>Opens after so many failures in a row, for so many seconds; then one probe decides.</summary>
sealed record ConsecutiveBreaker(int Failures, double CoolDown);

/// <summary>
/// Opens with a failure that makes it this share of at least so many calls in a window that moves on by a tenth of its
/// length at a time, as Polly's does.
/// </summary>
sealed record RatioBreaker(double Ratio, int MinimumCalls, double Window, double CoolDown);

/// <summary>Retries may be this share of the requests, or of the successes, of the last ten seconds.</summary>
sealed record RetryBudget(double Share, bool OfSuccesses);
