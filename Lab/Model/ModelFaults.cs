namespace TinyResilient.Lab.Model;

/// <summary>
/// What goes wrong. Probabilities are per attempt, unless they say otherwise. A failing attempt takes as long as it
/// would have taken to succeed.
/// </summary>
/// <param name="Error">An attempt fails.</param>
/// <param name="Hang">An attempt never ends, and keeps its worker.</param>
/// <param name="Crash">A worker throws; its state is fine.</param>
/// <param name="Corrupt">A success corrupts its worker: it fails from then on, until it has clean state.</param>
/// <param name="Silent">A corrupt worker answers wrongly instead of failing.</param>
/// <param name="External">What is corrupt lies outside the worker: neither restart nor a fresh object helps.</param>
/// <param name="Fast">A corrupt worker fails at once, instead of after its usual time.</param>
/// <param name="QueryOfDeath">Share of the requests that crash every worker that takes them.</param>
/// <param name="AckLost">The work is done, the answer is lost.</param>
sealed record ModelFaults(
    double Error = 0, double Hang = 0, double Crash = 0, double Corrupt = 0, bool Silent = false, bool External = false,
    bool Fast = false, double QueryOfDeath = 0, double AckLost = 0)
{
    public BurstFault? Burst { get; init; }
    public StallFault? Stall { get; init; }
    public NeedsRestFault? NeedsRest { get; init; }
}

/// <summary>
/// Errors with probability Good between bursts and Bad in them. Both last exponentially: bursts Mean seconds, the time
/// between them Gap.
/// </summary>
/// <param name="Age">Seconds since it began, with a good time; without end where it is to be found as at any time.</param>
sealed record BurstFault(double Good, double Bad, double Mean, double Gap, double Age = double.PositiveInfinity)
{
    /// <summary>Probability that the first request meets a burst. Source: two-state Markov chain.</summary>
    public double BadAtStart => Mean / (Mean + Gap) * (1 - Math.Exp(-Age * (1 / Mean + 1 / Gap)));
}

/// <summary>From this second on, for so many seconds, no worker starts or finishes anything.</summary>
sealed record StallFault(double From, double For)
{
    public double Until => From + For;
    public bool Covers(double time) => From <= time && time < Until;

    /// <summary>When work ends that would take so long without the stall: what a worker has done meanwhile is heard after it.</summary>
    public double End(double start, double duration) => Math.Max(start + duration, Covers(start + duration) ? Until : 0);
}

/// <summary>
/// A success makes its worker sick with this probability; left alone for so many seconds, it is well.
/// </summary>
sealed record NeedsRestFault(double Probability, double Idle);

/// <summary>Whether now is a burst. Asked with times that never go back.</summary>
sealed class BurstWeather(BurstFault? fault, Chance chance)
{
    double until;
    int turns;
    bool bad;

    public double Error(double now)
    {
        if (fault is null) return 0;
        if (turns == 0)
        {
            bad = chance.Unit(Drawn.Weather, 0) < fault.BadAtStart;
            until = Length();
        }
        while (until <= now)
        {
            bad = !bad;
            until += Length();
        }
        return bad ? fault.Bad : fault.Good;
    }

    double Length() => (bad ? fault!.Mean : fault!.Gap) * chance.Exponential(Drawn.Weather, ++turns);
}
