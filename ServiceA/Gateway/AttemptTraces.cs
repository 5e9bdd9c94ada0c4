using TinyResilient.ServiceA.Upstream;

namespace TinyResilient.ServiceA.Gateway;

/// <summary>The attempts of one request as <c>?trace=1</c> shows them. Not safe to call from several threads.</summary>
sealed class AttemptTraces
{
    readonly List<AttemptTrace> all = [];
    UpstreamNode? lastNode;
    double endedMs;

    public AttemptTrace[] All => [.. all];

    /// <param name="beganMs">Milliseconds from the request's arrival to the attempt's beginning.</param>
    /// <param name="endedMs">And to its end.</param>
    public void Add(double beganMs, double endedMs, AttemptResult result)
    {
        var pausedMs = all.Count == 0 ? 0 : Math.Max(0, beganMs - this.endedMs);
        (this.endedMs, lastNode) = (endedMs, result.Node!);
        all.Add(new AttemptTrace(Rounded(beganMs), Rounded(endedMs - beganMs), Rounded(pausedMs), result.Cause,
            result.Answer?.Worker, result.Answer?.Fault, lastNode.BreakerState));
    }

    /// <summary>The breaker has been told of the last attempt, which shows its state from afterwards.</summary>
    public void TurnLast()
    {
        if (lastNode?.BreakerState is { } now && now != all[^1].BreakerState)
            all[^1] = all[^1] with { BreakerState = now };
    }

    static double Rounded(double milliseconds) => Math.Round(milliseconds, 2);
}
