namespace TinyResilient.ServiceA.Gateway;

/// <summary>How the pause before a retry is spread, so that retries of many callers don't come in step.</summary>
public enum Jitter { Full, Equal, Decorrelated, None }

/// <summary>
/// The pause before each retry: exponential backoff with jitter. Pure: the chance comes in as a number in [0,1).
/// Formulas: Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
/// </summary>
/// <param name="Jitter">How the pause is spread.</param>
/// <param name="Base">Upper bound of the first pause.</param>
/// <param name="Max">No pause is longer.</param>
public sealed record RetrySchedule(Jitter Jitter, TimeSpan Base, TimeSpan Max)
{
    /// <summary>The pause before a retry.</summary>
    /// <param name="retry">1 for the first retry.</param>
    /// <param name="previous">The pause before the retry before this one; zero for the first.</param>
    /// <param name="chance">A number in [0,1).</param>
    public TimeSpan Pause(int retry, TimeSpan previous, double chance)
    {
        var bound = Shorter(Max, Base * Math.Pow(2, Math.Min(retry - 1, 30)));
        return Jitter switch
        {
            Jitter.Full => bound * chance,
            Jitter.Equal => bound / 2 + bound / 2 * chance,
            Jitter.Decorrelated => Shorter(Max, Base + (Longer(Base, previous) * 3 - Base) * chance),
            _ => bound,
        };
    }

    static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
    static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
