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
}

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
/// <param name="HangAfter">Seconds after which the watchdog replaces a worker; 0: no watchdog.</param>
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
sealed record ModelPolicy(
    int Retries = 2, double AttemptTimeout = 1, double TotalTimeout = 10, double BackoffBase = 0.05,
    double BackoffMax = 1, ModelJitter Jitter = ModelJitter.Full, double HedgeAfter = 0, bool RetryOnCrash = true)
{
    public ConsecutiveBreaker? Breaker { get; init; }
    public RatioBreaker? Ratio { get; init; }
    public RetryBudget? Budget { get; init; }
}

/// <summary>Opens after so many failures in a row, for so many seconds; then one probe decides.</summary>
sealed record ConsecutiveBreaker(int Failures, double CoolDown);

/// <summary>Opens where this share of at least so many calls in a sliding window fails.</summary>
sealed record RatioBreaker(double Ratio, int MinimumCalls, double Window, double CoolDown);

/// <summary>Retries may be this share of the requests, or of the successes, of the last ten seconds.</summary>
sealed record RetryBudget(double Share, bool OfSuccesses);
