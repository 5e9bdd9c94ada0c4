using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceB.Faults;

/// <summary>What can be broken with <c>PUT /faults</c>; <see cref="FaultCatalogue"/> says which parameters each has.</summary>
public enum FaultKind
{
    Error, Burst, Slow, Hang, Crash, Corrupt, Silent, External, NeedsRest, QueryOfDeath, AckLost, Stall, Outage, FirstK,
    CrashLoop,
}

public enum FaultLane { Actor, Http, Both }

public enum LatencyShape { Lognormal, Exponential, Fixed }

/// <summary>What becomes of a worker whose constructor fails.</summary>
public enum LoopDirective { Stop, Restart }

/// <summary>One fault as it was set. Parameters that its kind does not have are at their defaults, and unused.</summary>
public sealed record Fault(FaultKind Kind, string Name)
{
    public FaultLane Lane { get; init; } = FaultLane.Both;

    /// <summary>The one worker that it concerns, or null: all.</summary>
    public int? Worker { get; init; }

    /// <summary>Seconds from the PUT until it begins.</summary>
    public double FromSeconds { get; init; }

    /// <summary>Seconds that it lasts, or null: until it is cleared.</summary>
    public double? ForSeconds { get; init; }

    /// <summary>A failing attempt fails at once, instead of after its usual time.</summary>
    public bool Fast { get; init; }

    public double Probability { get; init; } = 1;
    public double Good { get; init; }
    public double Bad { get; init; } = 1;
    public double MeanSeconds { get; init; } = 1;
    public double GapSeconds { get; init; } = 10;
    public LatencyShape Distribution { get; init; }
    public double MedianMs { get; init; } = 200;
    public double Sigma { get; init; } = 1;
    public double IdleSeconds { get; init; } = 1;
    public double Share { get; init; } = 0.01;
    public long K { get; init; } = 5;
    public LoopDirective Directive { get; init; }

    /// <summary>What its draws are named. FAILURE_RATE draws under <c>error</c>, and the two must be independent.</summary>
    public string DrawName => Name == FaultModel.Error ? "error by fault" : Name;

    public bool Covers(string lane, int worker) => CoversLane(lane) && (Worker ?? worker) == worker;

    public bool CoversLane(string lane) =>
        Lane == FaultLane.Both || lane == (Lane == FaultLane.Actor ? Names.ActorLane : Names.HttpLane);

    /// <param name="age">Time since the PUT.</param>
    public bool IsActive(TimeSpan age) =>
        age.TotalSeconds >= FromSeconds && age.TotalSeconds < FromSeconds + (ForSeconds ?? double.PositiveInfinity);
}
