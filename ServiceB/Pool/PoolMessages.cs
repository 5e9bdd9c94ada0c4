namespace TinyResilient.ServiceB.Pool;

/// <summary>What becomes of a worker that fails as planned: restarted with clean state, or caught and living on.</summary>
public enum Supervision { Restart, Resume }

/// <summary>What makes one pool differ from another.</summary>
/// <param name="Lane">Name of the lane, in metrics, ledgers and states.</param>
/// <param name="Supervision">What becomes of a worker that fails.</param>
/// <param name="Host">Host name of this process.</param>
/// <param name="Incarnation">Unique to this start of this process.</param>
public sealed record PoolOptions(string Lane, Supervision Supervision, string Host, string Incarnation);

// What a pool understands beside the protocol; local to ServiceB.

/// <summary>Asks for a <see cref="PoolSnapshot"/>.</summary>
public sealed record Look { public static readonly Look Now = new(); }

/// <summary>Empties the books and forgets the restarts. Work in the pool goes on.</summary>
public sealed record Reset { public static readonly Reset Now = new(); }

/// <summary>Refuses new work; the answer is <see cref="Drained"/>, once what is in the pool has ended.</summary>
public sealed record Drain { public static readonly Drain Now = new(); }

public sealed record Drained { public static readonly Drained Now = new(); }

public sealed record WorkerSnapshot(int Number, WorkerState State, int Restarts);

public sealed record PoolSnapshot(
    int QueueLength, int QueueLimit, IReadOnlyList<WorkerSnapshot> Workers, WorkLedger Ledger, Effects Effects);
