using TinyResilient.ServiceA.Upstream;

namespace TinyResilient.ServiceA.Gateway;

/// <summary>How a request ended; the words of the requests ledger.</summary>
public enum RequestOutcome { Succeeded, Failed, Refused, TimedOut, CallerGone }

/// <summary>One request on its way through the gateway.</summary>
/// <param name="Id">The client's request id.</param>
/// <param name="TraceParent">The client's <c>traceparent</c>, or null.</param>
/// <param name="Knobs">The knobs as they were when the request arrived.</param>
/// <param name="CallerGone">Cancelled when the HTTP client has gone.</param>
public sealed record Call(string Id, string? TraceParent, GatewayKnobs Knobs, CancellationToken CallerGone);

/// <summary>One attempt, for <c>?trace=1</c>.</summary>
public sealed record AttemptTrace(
    double StartMs, double DurationMs, double PauseBeforeMs, string Outcome, int? Worker, string? Fault, string BreakerState);

/// <summary>The one answer to a <see cref="Call"/>.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Note"><c>success</c>, or <c>failure: …</c> in the words of the contract.</param>
/// <param name="Attempts">Attempts that were sent.</param>
/// <param name="Last">The attempt that decided, or null where none did.</param>
/// <param name="Trace">Every attempt, in order.</param>
public sealed record CallResult(
    RequestOutcome Outcome, string Note, int Attempts, AttemptResult? Last, IReadOnlyList<AttemptTrace> Trace)
{
    /// <summary>The gateway itself failed: a bug, answered all the same.</summary>
    public static readonly CallResult Broken = new(RequestOutcome.Failed, "failure: gateway error", 0, null, []);

    public static CallResult Refuse(string why) => new(RequestOutcome.Refused, $"failure: {why}", 0, null, []);
}
