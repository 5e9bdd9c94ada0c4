using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace TinyResilient.Shared.Hosting;

/// <summary>
/// The knobs of the processes behind this one. They are checked everywhere before they are changed
/// anywhere; a change that is refused or not confirmed is a problem that names who did not take it.
/// </summary>
public sealed class UpstreamKnobs(Func<IReadOnlyList<KnobClient>> clients)
{
    /// <summary>What each of them shows now, in the order of the clients.</summary>
    internal async Task<IReadOnlyList<(KnobClient From, KnobAnswer Answer)>> Get(CancellationToken gone)
    {
        var asked = clients();
        var answers = await Task.WhenAll(asked.Select(client => client.Get(gone)));
        return [.. asked.Zip(answers)];
    }

    /// <summary>Adds what is wrong with the patch to <paramref name="errors"/>; a problem when none can say.</summary>
    internal Task<IResult?> Check(JsonObject patch, FieldErrors errors, CancellationToken gone) =>
        Check(clients(), client => client.Check(patch, gone), errors);

    /// <summary>Changes one after the other, and stops at the first that does not confirm.</summary>
    // Not cancelled when the client goes: that would leave half a change behind.
    internal Task<IResult?> Patch(JsonObject patch) =>
        Change(clients(), client => client.Patch(patch, CancellationToken.None));

    /// <summary>Sends each <c>POST /reset</c>. Null where all have confirmed it, else the answer to give.</summary>
    public static Task<IResult?> Reset(IReadOnlyList<KnobClient> clients, CancellationToken gone) =>
        Change(clients, client => client.Reset(gone));

    /// <summary>Asks every one whether it would take a change.</summary>
    internal static async Task<IResult?> Check(
        IReadOnlyList<KnobClient> clients, Func<KnobClient, Task<KnobAnswer>> check, FieldErrors errors)
    {
        foreach (var client in clients)
        {
            var answer = await check(client);
            if (answer.Ok)
                continue;
            if (answer.Status == 400)
                Add(answer, errors);
            return errors.Any ? null : Refusal(client, answer, "Nothing was changed.");
        }
        return null;
    }

    /// <summary>Lets one after the other take a change, and stops at the first that does not confirm.</summary>
    internal static async Task<IResult?> Change(
        IReadOnlyList<KnobClient> clients, Func<KnobClient, Task<KnobAnswer>> change)
    {
        var changed = new List<string>();
        foreach (var client in clients)
        {
            var answer = await change(client);
            if (!answer.Ok)
            {
                return Refusal(client, answer, changed is not [] ? $"Changed before it: {string.Join(", ", changed)}."
                    : answer.Problem is not null ? "Nothing was changed."
                    : $"Whether {client.Where} was changed is unknown; nothing else was.");
            }
            changed.Add(client.Where);
        }
        return null;
    }

    /// <summary>The answer to give when there is none of them.</summary>
    internal static IResult Nobody() => Problems.Of(503, "no service-b is there. Nothing was changed.");

    /// <summary>The answer to give when one of them did not give the one it should have.</summary>
    internal static IResult Refusal(KnobClient client, KnobAnswer answer, string consequence)
    {
        var who = $"{client.Service} at {client.Where}";
        return answer switch
        {
            { Status: 0 } => Problems.Of(503, $"{who} cannot be reached. {consequence}"),
            { Status: 400, Problem: { } told } => Problems.Of(400, $"{who} refused: {told.Detail}. {consequence}"),
            { Problem: { } told } => Problems.Of(403,
                $"{who} does not let this service change anything: {told.Detail}. {consequence}"),
            { Nonsense: not null } => Problems.Of(502,
                $"{who} answered {answer.Status}, but not as {client.Service} does. {consequence}"),
            _ => Problems.Of(502, $"{who} answered {answer.Status}. {consequence}"),
        };
    }

    /// <summary>Says in a header that an answer is without this one, and why.</summary>
    internal static void LeaveOut(HttpContext context, KnobClient client, KnobAnswer answer) =>
        context.Response.Headers.Append(client.Header, answer switch
        {
            { Status: 0 } => "unreachable",
            { Nonsense: not null } => $"{client.Where} answered {answer.Status}, but not as {client.Service} does",
            _ => $"answered {answer.Status}",
        });

    static void Add(KnobAnswer answer, FieldErrors errors)
    {
        foreach (var (field, messages) in answer.Problem?.Errors ?? [])
            foreach (var message in messages)
                errors.Add(field, message);
    }
}
