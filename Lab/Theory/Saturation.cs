namespace TinyResilient.Lab.Theory;

/// <summary>
/// Scenario saturation: Poisson arrivals, exponential service, c workers. Source: Erlang 1917, as in Kleinrock,
/// Queueing Systems I, chapter 3. The offered load a = lambda s is in erlang: workers that would be busy all the
/// time.
/// </summary>
static class Saturation
{
    /// <summary>
    /// Share refused where nothing may wait (Erlang B): B(0) = 1, B(c) = a B(c-1) / (c + a B(c-1)). It holds for any
    /// distribution of the service time.
    /// </summary>
    public static double ErlangB(int workers, double offered)
    {
        var blocked = 1.0;
        for (var c = 1; c <= workers; c++)
            blocked = offered * blocked / (c + offered * blocked);
        return blocked;
    }

    /// <summary>
    /// Share that has to wait where all may (Erlang C): B / (1 - (a/c)(1 - B)); 1 at or above capacity.
    /// </summary>
    public static double ErlangC(int workers, double offered)
    {
        if (offered >= workers) return 1;
        var blocked = ErlangB(workers, offered);
        return blocked / (1 - offered / workers * (1 - blocked));
    }

    /// <summary>Mean wait before service begins, seconds: C / (c/s - lambda); infinite at or above capacity.</summary>
    public static double MeanWait(int workers, double arrivals, double service) =>
        arrivals * service >= workers ? double.PositiveInfinity
        : ErlangC(workers, arrivals * service) / (workers / service - arrivals);

    /// <summary>
    /// The wait that a share p does not exceed, seconds: ln(C / (1 - p)) / (c/s - lambda), not below 0.
    /// </summary>
    public static double WaitQuantile(double share, int workers, double arrivals, double service) =>
        arrivals * service >= workers ? double.PositiveInfinity
        : Math.Max(0, Math.Log(ErlangC(workers, arrivals * service) / (1 - share)) / (workers / service - arrivals));

    /// <summary>
    /// Share refused where up to so much may wait (M/M/c/K with K = c + queue): each place in the queue multiplies by
    /// a/c: B r^q / (1 + B (r + ... + r^q)).
    /// </summary>
    public static double Blocking(int workers, int queue, double offered)
    {
        var blocked = ErlangB(workers, offered);
        for (var place = 1; place <= queue; place++)
            blocked = blocked * offered / workers / (1 + blocked * offered / workers);
        return blocked;
    }

    /// <summary>Requests per second that succeed where what does not fit is shed: lambda (1 - blocking).</summary>
    public static double Goodput(int workers, int queue, double arrivals, double service) =>
        arrivals * (1 - Blocking(workers, queue, arrivals * service));
}
