using System.Collections.Frozen;
using System.Net;
using System.Text.Json;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;
using TinyResilient.ServiceA.Gateway;
using TinyResilient.ServiceA.Upstream;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceA.Http;

/// <summary>
/// What an HTTP attempt's end means, so that both lanes judge by one table. ServiceB says in headers what a status cannot:
/// whether its worker failed or crashed, which one, and by which fault. Without them the status decides.
/// </summary>
public static class HttpOutcome
{
    /// <summary>There is nobody whom an attempt could be made at.</summary>
    public static readonly Outcome<HttpResponseMessage> NoNode = Outcome.FromException<HttpResponseMessage>(new NoNodeException());

    static readonly ResiliencePropertyKey<CallCourse> course = new("course");
    static readonly FrozenDictionary<string, WorkOutcome> words =
        Enum.GetValues<WorkOutcome>().ToFrozenDictionary(outcome => outcome.Word());

    /// <summary>How the attempt ended, in the words of both lanes.</summary>
    public static AttemptOutcome End(this Outcome<HttpResponseMessage> outcome) => Of(outcome);

    public static bool IsRetried(this Outcome<HttpResponseMessage> outcome) => Of(outcome).IsRetried();

    public static bool IsFailure(this Outcome<HttpResponseMessage> outcome) =>
        Of(outcome).IsFailure() && !outcome.IsExcused();

    /// <summary>Whether it ran out only because ServiceA itself stood still.</summary>
    public static bool IsExcused(this Outcome<HttpResponseMessage> outcome) => outcome.Exception is StoodStillException;

    /// <summary>Whether it says nothing about the node's health.</summary>
    public static bool IsNeutral(this Outcome<HttpResponseMessage> outcome) =>
        !outcome.IsFailure() && Of(outcome) != AttemptOutcome.Completed;

    /// <summary>The course of the call to which this execution belongs.</summary>
    public static CallCourse Course(this ResilienceContext context) => context.Properties.GetValue(course, null!);

    public static ResilienceContext ContextOf(CallCourse call, CancellationToken givenUp = default)
    {
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, givenUp);
        context.Properties.Set(course, call);
        return context;
    }

    public static AttemptOutcome Of(Outcome<HttpResponseMessage> outcome) => outcome.Exception switch
    {
        null => AttemptResult.Of(Of(outcome.Result!)),
        BrokenCircuitException => AttemptOutcome.CircuitOpen,
        NoNodeException => AttemptOutcome.Unavailable,
        var unanswered => OfUnanswered(unanswered) ?? AttemptOutcome.Failed,
    };

    /// <summary>Why no answer came; null for a bug.</summary>
    public static AttemptOutcome? OfUnanswered(Exception exception) => exception switch
    {
        OperationCanceledException or TimeoutRejectedException => AttemptOutcome.TimedOut,
        _ => NoAnswer.IsBroken(exception) ? AttemptOutcome.ConnectionLost : null,
    };

    public static WorkOutcome Of(HttpResponseMessage answer) =>
        answer.StatusCode == HttpStatusCode.OK ? WorkOutcome.Completed
        : Header(answer, WorkHeaders.Outcome) is { } word && words.TryGetValue(word, out var outcome) ? outcome
        : (int)answer.StatusCode switch
        {
            503 => WorkOutcome.Busy,
            504 => WorkOutcome.Expired,
            _ => WorkOutcome.Failed,
        };

    /// <summary>The whole answer. The connection is free for the next attempt afterwards.</summary>
    public static async ValueTask<WorkAnswer> Read(HttpResponseMessage answer, CancellationToken givenUp)
    {
        await answer.Content.LoadIntoBufferAsync(JsonBody.Limit, givenUp);
        var (host, processingMs) = answer.IsSuccessStatusCode ? Work(await answer.Content.ReadAsByteArrayAsync(givenUp)) : ("", 0);
        return new WorkAnswer(0, Of(answer), host, processingMs,
            int.TryParse(Header(answer, WorkHeaders.Worker), out var worker) ? worker : -1, Header(answer, WorkHeaders.Fault));
    }

    static (string Host, double ProcessingMs) Work(byte[] body)
    {
        try
        {
            var work = JsonSerializer.Deserialize(body, WorkBodyJson.Default.WorkBody);
            return (work?.Host ?? "", work?.ProcessingMs ?? 0);
        }
        catch (JsonException)
        {
            return ("", 0); // some other service's 200; it is none of ours, and it says so by its host
        }
    }

    sealed class NoNodeException : Exception;

    /// <summary>A timeout, for whatever stands in a pipeline; our own breakers tell it from others.</summary>
    public sealed class StoodStillException(Exception timeout) : TimeoutRejectedException(timeout.Message, timeout);

    static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
}
