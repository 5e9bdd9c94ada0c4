namespace TinyResilient.Shared.Messages;

// Everything that crosses the wire between ServiceA and ServiceB. Requests are imperative, answers past tense.
// An answer is always a record, never an exception: a custom exception does not survive the wire.

/// <summary>Asks a pool whether it is there; the answer is <see cref="Probed"/>.</summary>
public sealed record Probe;

/// <summary>Says which incarnation of which host answered a <see cref="Probe"/>.</summary>
/// <param name="Incarnation">Unique to one start of one ServiceB process.</param>
/// <param name="Host">Host name of the ServiceB process.</param>
/// <param name="Accepting">False once the pool drains for shutdown.</param>
public sealed record Probed(string Incarnation, string Host, bool Accepting);

/// <summary>One attempt at one request. Answered by exactly one <see cref="WorkAnswer"/>.</summary>
/// <param name="CallId">Unique to this attempt within this incarnation of the sender.</param>
/// <param name="RequestId">The client's <c>X-Request-Id</c>: at most 64 of A-Z a-z 0-9 . _ -.</param>
/// <param name="Attempt">1 for the first attempt.</param>
/// <param name="BudgetMs">Milliseconds that the sender still waits for an answer, counted from sending.</param>
/// <param name="SentMs">Milliseconds on the sender's own monotonic clock at sending.</param>
/// <param name="Sender">Unique to one start of one ServiceA process.</param>
/// <param name="TraceParent">The client's <c>traceparent</c>, or null.</param>
public sealed record DoWork(
    long CallId, string RequestId, int Attempt, double BudgetMs, double SentMs, string Sender, string? TraceParent);

/// <summary>What became of one <see cref="DoWork"/>.</summary>
/// <param name="CallId">The id of the <see cref="DoWork"/> that this answers.</param>
/// <param name="Outcome">What happened.</param>
/// <param name="Host">Host name of the ServiceB process.</param>
/// <param name="ProcessingMs">Milliseconds that a worker spent on it; 0 where none took it.</param>
/// <param name="Worker">Number of the worker, from 0; -1 where none took it.</param>
/// <param name="Fault">Name of the fault that hit it, or null.</param>
public sealed record WorkAnswer(
    long CallId, WorkOutcome Outcome, string Host, double ProcessingMs = 0, int Worker = -1, string? Fault = null);

/// <summary>How an attempt ended in ServiceB; the words of the attempts ledger.</summary>
public enum WorkOutcome
{
    /// <summary>The work was done.</summary>
    Completed,

    /// <summary>The worker failed; a web service would answer 500.</summary>
    Failed,

    /// <summary>The worker died of something that is not a planned failure.</summary>
    Crashed,

    /// <summary>The work did not end, and the watchdog replaced its worker.</summary>
    Hung,

    /// <summary>The queue was full; nothing was done.</summary>
    Busy,

    /// <summary>The time budget was over before a worker was free; nothing was done.</summary>
    Expired,

    /// <summary>The pool was shutting down; nothing was done.</summary>
    Draining,
}
