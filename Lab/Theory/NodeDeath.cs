namespace TinyResilient.Lab.Theory;

/// <summary>
/// Scenario node-death: a process is killed and started again. Source: Little's law; the ladder of repair is that of
/// Candea et al., Microreboot, OSDI 2004. Seconds, and requests per second.
/// </summary>
static class NodeDeath
{
    /// <summary>Attempts under way at any moment, and lost when the process dies: lambda s.</summary>
    public static double InFlight(double arrivals, double service) => arrivals * service;

    /// <summary>Attempts sent into the void until somebody notices: lambda x detection time.</summary>
    public static double SentBeforeDetection(double arrivals, double detection) => arrivals * detection;

    /// <summary>Both together: lambda (s + detection).</summary>
    public static double Lost(double arrivals, double service, double detection) =>
        InFlight(arrivals, service) + SentBeforeDetection(arrivals, detection);
}
