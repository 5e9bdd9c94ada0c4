using System.Buffers;

namespace TinyResilient.Shared.Messages;

/// <summary>
/// What ServiceA and ServiceB take from each other. Anything else is dropped where it arrives, and nobody answers it: so who
/// sends asks here first. Whatever passes is far smaller than a frame.
/// </summary>
public static class Wire
{
    public const int LongestId = 64;
    const int LongestTrace = 128, LongestFault = 64, LongestName = 255;

    // Thirty years: more than any clock or budget, and a TimeSpan can hold it
    const double MaxMs = 1e12;

    static readonly SearchValues<char> idLetters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    public static bool IsRequestId(string text) =>
        text.Length is > 0 and <= LongestId && !text.AsSpan().ContainsAnyExcept(idLetters);

    /// <summary>Whether both lanes can say on whose behalf they ask. A header holds nothing but printable ASCII.</summary>
    public static bool Carries(string requestId, string? traceParent) => IsRequestId(requestId)
        && (traceParent is null
            || (traceParent.Length <= LongestTrace && !traceParent.AsSpan().ContainsAnyExceptInRange(' ', '~')));

    public static bool Carries(DoWork work) => Carries(work.RequestId, work.TraceParent) && IsName(work.Sender)
        && work is { Attempt: > 0, BudgetMs: >= 0 and <= MaxMs, SentMs: >= 0 and <= MaxMs };

    public static bool Carries(WorkAnswer answer) => IsName(answer.Host) && Enum.IsDefined(answer.Outcome)
        && answer is { ProcessingMs: >= 0 and <= MaxMs, Worker: >= -1, Fault: null or { Length: <= LongestFault } };

    public static bool Carries(Probed probed) => IsName(probed.Incarnation) && IsName(probed.Host);

    /// <summary>The answer as it can be sent: whoever asked would otherwise wait in vain.</summary>
    public static WorkAnswer Fit(WorkAnswer answer) => Carries(answer) ? answer : answer with
    {
        Host = Name(answer.Host),
        ProcessingMs = answer.ProcessingMs is >= 0 and <= MaxMs ? answer.ProcessingMs : 0,
        Fault = answer.Fault is { Length: > LongestFault } fault ? fault[..LongestFault] : answer.Fault,
    };

    /// <summary>A name of a host or a process as it can be sent.</summary>
    public static string Name(string name) => name switch
    {
        "" => "unnamed",
        { Length: > LongestName } => name[..LongestName],
        _ => name,
    };

    static bool IsName(string name) => name.Length is > 0 and <= LongestName;
}
