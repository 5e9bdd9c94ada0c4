using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace TinyResilient.Shared.Hosting;

/// <summary>
/// The faults of the processes behind this one, as if they were one process. They are checked everywhere before they
/// are set anywhere, one PUT at a time; who does not take them, or is not there, is named in the problem.
/// </summary>
public sealed class UpstreamFaults(Func<IReadOnlyList<KnobClient>> present) : IDisposable
{
    readonly SemaphoreSlim oneAtATime = new(1, 1);

    public void Dispose() => oneAtATime.Dispose();

    /// <summary>
    /// The faults of the first that answers. A header names what is wrong with the others.
    /// </summary>
    public Task<IResult> Show(HttpContext context) => Show(present(), context);

    static async Task<IResult> Show(IReadOnlyList<KnobClient> clients, HttpContext context)
    {
        if (clients is [])
            return UpstreamKnobs.Nobody();
        var answers = await Task.WhenAll(clients.Select(client => client.GetFaults(context.RequestAborted)));
        var first = Array.FindIndex(answers, answer => answer.Ok);
        if (first < 0)
            return UpstreamKnobs.Refusal(clients[0], answers[0], "Nothing was changed.");
        foreach (var (client, answer) in clients.Zip(answers))
        {
            if (!answer.Ok)
                UpstreamKnobs.LeaveOut(context, client, answer);
            else if (Definitions(answer) != Definitions(answers[first]))
                context.Response.Headers.Append(client.Header, "has other faults");
        }
        return Results.Json(answers[first].Faults, Json.Options);
    }

    public async Task<IResult> Put(HttpContext context, JsonElement body, bool checkOnly)
    {
        await oneAtATime.WaitAsync(context.RequestAborted);
        try
        {
            var clients = present();
            if (clients is [])
                return UpstreamKnobs.Nobody();
            var errors = new FieldErrors();
            var refusal = await UpstreamKnobs.Check(
                clients, client => client.CheckFaults(body, context.RequestAborted), errors);
            if (refusal is not null || errors.Any)
                return refusal ?? Problems.BadFields(errors);
            if (checkOnly)
                return Results.NoContent();
            // Not cancelled when the client goes: that would leave half a change behind.
            return await UpstreamKnobs.Change(clients, client => client.PutFaults(body, CancellationToken.None))
                ?? await Show(clients, context);
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    // Without what depends on the moment of asking
    static string Definitions(KnobAnswer answer) => JsonSerializer.Serialize(
        answer.Faults.Select(fault => fault.Where(parameter => parameter.Key != "active")), Json.Options);
}
