namespace TinyResilient.Lab.Theory;

/// <summary>
/// Scenario ack-lost: the work is done, but its answer is lost with probability a, so the caller repeats what has been
/// done. Every attempt does the work. Source: our own derivation; the problem is that of Gray, Notes on Data Base
/// Operating Systems, 1978.
/// </summary>
static class AckLost
{
    /// <summary>Superfluous copies of the work per request: mean attempts - 1 = a (1 - a^(n-1)) / (1 - a).</summary>
    public static double DuplicatesPerRequest(double a, int attempts) => Errors.AttemptsPerRequest(a, attempts) - 1;

    /// <summary>Superfluous copies per success: a (1 - a^(n-1)) / ((1 - a)(1 - a^n)).</summary>
    public static double DuplicatesPerSuccess(double a, int attempts) =>
        DuplicatesPerRequest(a, attempts) / Errors.Success(a, attempts);

    /// <summary>Share of the requests whose work is done twice or more: a with a retry, 0 without.</summary>
    public static double DoneTwice(double a, int attempts) => attempts > 1 ? a : 0;
}
