namespace TinyResilient.Shared.Messages;

/// <summary>The headers with which lane <c>http</c> says what lane <c>actor</c> says in its records.</summary>
public static class WorkHeaders
{
    /// <summary>Of the request: number of the attempt, from 1.</summary>
    public const string Attempt = "X-Attempt";

    /// <summary>Of the request: whole milliseconds for which its sender still waits.</summary>
    public const string BudgetMs = "X-Budget-Ms";

    /// <summary>Of the answer: the <see cref="WorkOutcome"/>, as a word.</summary>
    public const string Outcome = "X-Outcome";

    /// <summary>Of the answer: number of the worker, from 0; absent where none took it.</summary>
    public const string Worker = "X-Worker";

    /// <summary>Of the answer: the fault that hit it; absent where none did.</summary>
    public const string Fault = "X-Fault";
}
