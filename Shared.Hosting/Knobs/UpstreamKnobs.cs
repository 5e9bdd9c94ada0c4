using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace TinyResilient.Shared.Hosting;

/// <summary>
/// The knobs of the processes behind this one. They are checked everywhere before they are changed
/// anywhere; a change that is refused or not confirmed is a problem that names who did not take it.
/// </summary>
sealed class UpstreamKnobs(Func<IReadOnlyList<KnobClient>> clients)
{
    /// <summary>What each of them shows now, in the order of the clients.</summary>
    public async Task<IReadOnlyList<(KnobClient From, KnobAnswer Answer)>> Get(CancellationToken gone)
    {
        var asked = clients();
        var answers = await Task.WhenAll(asked.Select(client => client.Get(gone)));
        return [.. asked.Zip(answers)];
    }

    /// <summary>Adds what is wrong with the patch to <paramref name="errors"/>; returns a problem when nobody can say.</summary>
    public Task<IResult?> Check(JsonObject patch, FieldErrors errors, CancellationToken gone) =>
        Check(clients(), client => client.Check(patch, gone), errors);

    /// <summary>Changes one after the other, and stops at the first that does not confirm.</summary>
    // Not cancelled when the client goes: that would leave half a change behind.
    public Task<IResult?> Patch(JsonObject patch) => Change(clients(), client => client.Patch(patch, CancellationToken.None));

    /// <summary>Asks every one whether it would take a change.</summary>
    public static async Task<IResult?> Check(
        IReadOnlyList<KnobClient> clients, Func<KnobClient, Task<KnobAnswer>> check, FieldErrors errors)
    {
        foreach (var client in clients)
        {
            var answer = await check(client);
            if (answer.Status == 400 && answer.Body["errors"] is JsonObject fields)
                Add(fields, errors);
            else if (!answer.Ok)
                return Refusal(client, answer, "Nothing was changed.");
            if (errors.Any)
                break;
        }
        return null;
    }

    /// <summary>Lets one after the other take a change, and stops at the first that does not confirm.</summary>
    public static async Task<IResult?> Change(
        IReadOnlyList<KnobClient> clients, Func<KnobClient, Task<KnobAnswer>> change)
    {
        var changed = new List<string>();
        foreach (var client in clients)
        {
            var answer = await change(client);
            if (!answer.Ok)
            {
                return Refusal(client, answer, changed is []
                    ? $"Whether {client.Where} was changed is unknown; nothing else was."
                    : $"Changed before it: {string.Join(", ", changed)}.");
            }
            changed.Add(client.Where);
        }
        return null;
    }

    /// <summary>The answer to give when there is none of them.</summary>
    public static IResult Nobody() => Problems.Of(503, "no service-b is there. Nothing was changed.");

    /// <summary>The answer to give when one of them did not give the one it should have.</summary>
    public static IResult Refusal(KnobClient client, KnobAnswer answer, string consequence)
    {
        var who = $"{client.Service} at {client.Where}";
        return answer.Status switch
        {
            0 => Problems.Of(503, $"{who} cannot be reached. {consequence}"),
            401 or 403 => Problems.Of(403, $"{who} does not let this service change its knobs: "
                + $"{Detail(answer)}. {consequence}"),
            400 => Problems.Of(400, $"{who} refused: {Detail(answer)}. {consequence}"),
            _ => Problems.Of(502, $"{who} answered {answer.Status}. {consequence}"),
        };
    }

    static string Detail(KnobAnswer answer) => answer.Body["detail"] is JsonValue detail ? $"{detail}" : "it did not say why";

    static void Add(JsonObject fields, FieldErrors errors)
    {
        foreach (var (field, messages) in fields)
        {
            foreach (var message in messages as JsonArray ?? [])
                errors.Add(field, $"{message}");
        }
    }
}
