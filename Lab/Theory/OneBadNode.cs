namespace TinyResilient.Lab.Theory;

/// <summary>
/// Scenario one-bad-node: one of m nodes fails a share f of its attempts, the others none. Source: the formulas of
/// <see cref="Errors"/> and <see cref="BreakerTrap"/>; the setting is that of Linkerd's failure accrual (2017).
/// </summary>
static class OneBadNode
{
    /// <summary>Success without retries, round robin or random: 1 - f/m.</summary>
    public static double Success(int nodes, double f) => 1 - f / nodes;

    /// <summary>Success with r retries, each on any node: 1 - (f/m)^(r+1).</summary>
    public static double RetryAnyNode(int nodes, double f, int retries) => Errors.Success(f / nodes, retries + 1);

    /// <summary>
    /// Success with r retries, each on another node than the attempt before: 1 from the first retry on.
    /// </summary>
    public static double RetryOtherNode(int nodes, double f, int retries) => retries == 0 ? Success(nodes, f) : 1;

    /// <summary>
    /// Mean attempts until one breaker over all nodes opens, where each attempt meets any node: that of errors f/m. In
    /// strict turn, with answers in order, two failures never follow each other, and it never opens.
    /// </summary>
    public static double AttemptsToTripServiceWide(int nodes, double f, int failures) =>
        BreakerTrap.AttemptsToTrip(f / nodes, failures);

    /// <summary>
    /// Success without retries where each node has a breaker, and the open one's share goes to the others: only the
    /// bad node's attempts while closed and its failed probes are lost, (E f + f/(1 - f)) of lambda (closed + open).
    /// The node sees lambda/m, so its breaker opens sooner under more load.
    /// </summary>
    /// <param name="failures">N, in a row, that open it.</param>
    /// <param name="coolDown">Seconds.</param>
    /// <param name="arrivals">lambda over all nodes, per second.</param>
    public static double BreakerPerNode(int nodes, double f, int failures, double coolDown, double arrivals)
    {
        var share = arrivals / nodes;
        var cycle = BreakerTrap.SecondsClosed(f, 1, failures, share) + BreakerTrap.SecondsOpen(f, coolDown, share);
        return 1 - (BreakerTrap.AttemptsToTrip(f, failures) * f + f / (1 - f)) / (arrivals * cycle);
    }
}
