using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace TinyResilient.Shared.Hosting;

/// <summary>
/// Shows and changes the knobs of this service and of those behind it as if they were one service's.
/// Changes one patch at a time: checks it everywhere, then applies it behind this service, then here.
/// </summary>
sealed class KnobBoard(KnobStore store, string service, UpstreamKnobs? upstream) : IDisposable
{
    readonly SemaphoreSlim _oneAtATime = new(1, 1);

    public void Dispose() => _oneAtATime.Dispose();

    /// <summary>Who is behind this service and does not answer as it should is left out; a header says so.</summary>
    public async Task<IResult> Show(HttpContext context)
    {
        var view = KnobView.Of(store, service);
        foreach (var (client, answer) in upstream is null ? [] : await upstream.Get(context.RequestAborted))
        {
            if (answer.Ok)
                KnobView.Add(view, answer.Knobs, client.Where);
            else
                UpstreamKnobs.LeaveOut(context, client, answer);
        }
        return Results.Json(view, Json.Options);
    }

    public async Task<IResult> Patch(HttpContext context, JsonElement patch, bool checkOnly)
    {
        await _oneAtATime.WaitAsync(context.RequestAborted);
        try
        {
            return await PatchAlone(patch, checkOnly, context.RequestAborted)
                ?? (checkOnly ? Results.NoContent() : await Show(context));
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    async Task<IResult?> PatchAlone(JsonElement patch, bool checkOnly, CancellationToken gone)
    {
        var errors = new FieldErrors();
        var fields = KnobPatch.Fields(patch, errors);
        var (here, behind) = (new JsonObject(), new JsonObject());
        if (await Sort(fields, here, behind, errors, gone) is { } unknowable)
            return unknowable;
        if (here.Count > 0)
            errors.Add(store.Check(JsonSerializer.SerializeToElement(here)));
        if (behind.Count > 0 && await upstream!.Check(behind, errors, gone) is { } refusal)
            return refusal;
        if (errors.Any)
            return Problems.BadFields(errors);
        if (checkOnly)
            return null;
        if (behind.Count > 0 && await upstream!.Patch(behind) is { } failure)
            return failure;
        if (here.Count > 0)
            store.Patch(JsonSerializer.SerializeToElement(here));
        return null;
    }

    // Our own names need nobody else, so that our knobs can be turned while what is behind us is down.
    async Task<IResult?> Sort(Dictionary<string, JsonElement> fields,
        JsonObject here, JsonObject behind, FieldErrors errors, CancellationToken gone)
    {
        var own = store.Knobs.ToDictionary(knob => knob.Name);
        var theirs = new HashSet<string>();
        if (upstream is not null && fields.Keys.Any(name => !own.TryGetValue(name, out var knob) || knob.Shared))
        {
            var answers = await upstream.Get(gone);
            if (answers is [])
                return UpstreamKnobs.Nobody();
            foreach (var (client, answer) in answers)
            {
                if (!answer.Ok)
                    return UpstreamKnobs.Refusal(client, answer, "Nothing was changed.");
                theirs.UnionWith(answer.Knobs.Keys);
            }
        }
        foreach (var (name, value) in fields)
        {
            if (own.ContainsKey(name))
                here[name] = JsonNode.Parse(value.GetRawText());
            if (theirs.Contains(name) && (!own.TryGetValue(name, out var knob) || knob.Shared))
                behind[name] = JsonNode.Parse(value.GetRawText());
            else if (!own.ContainsKey(name))
                errors.Add(name, KnobPatch.Unknown(name, own.Keys.Concat(theirs)));
        }
        return null;
    }
}
