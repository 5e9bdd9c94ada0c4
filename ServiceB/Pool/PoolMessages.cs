using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceB.Pool;

/// <summary>What becomes of a worker that fails as planned.</summary>
public enum Supervision
{
    /// <summary>Its supervisor restarts it: a new object with clean state.</summary>
    Restart,

    /// <summary>Caught and answered; the object lives on with the state it has.</summary>
    Resume,

    /// <summary>Caught and answered; every request gets an object of its own, failed or not.</summary>
    Fresh,
}

/// <summary>What makes one pool differ from another.</summary>
/// <param name="Lane">Name of the lane, in metrics, ledgers and states.</param>
/// <param name="Host">Host name of this process.</param>
/// <param name="Incarnation">Unique to this start of this process.</param>
public sealed record PoolOptions(string Lane, string Host, string Incarnation)
{
    public string Host { get; } = Wire.Name(Host);
}

// What a pool understands beside the protocol; local to ServiceB.

/// <summary>Asks for a <see cref="PoolSnapshot"/>.</summary>
public sealed record Look { public static readonly Look Now = new(); }

/// <summary>Empties the books and makes every worker anew. Work in the pool goes on, except for what hangs.</summary>
public sealed record Reset { public static readonly Reset Now = new(); }

/// <summary>Refuses new work; the answer is <see cref="Drained"/>, once what is in the pool has ended.</summary>
public sealed record Drain { public static readonly Drain Now = new(); }

public sealed record Drained { public static readonly Drained Now = new(); }

/// <summary>Other faults are set now than before.</summary>
public sealed record FaultsChanged { public static readonly FaultsChanged Now = new(); }

/// <param name="Number">From 0.</param>
/// <param name="State">What it does now, or what is wrong with it.</param>
/// <param name="Restarts">How often it was restarted or replaced.</param>
/// <param name="LastFault">Name of the last fault that hit it, or null.</param>
/// <param name="Failures">Work at it that did not end well.</param>
/// <param name="RestartMs">What its last restart took, until it could take work again.</param>
/// <param name="RestartCause">Why that was.</param>
public sealed record WorkerSnapshot(
    int Number, WorkerState State, int Restarts, string? LastFault = null, int Failures = 0,
    double? RestartMs = null, RestartCause? RestartCause = null);

public sealed record PoolSnapshot(
    int QueueLength, int QueueLimit, IReadOnlyList<WorkerSnapshot> Workers, WorkLedger Ledger, Effects Effects);
