using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TinyResilient.Shared.Hosting;

public static class KnobEndpoints
{
    /// <summary>
    /// <c>GET /knobs</c> and <c>PATCH /knobs</c>. A patch answers like GET, or 400 naming every field that
    /// is wrong, or 503 when a service behind this one cannot be reached; then nothing has changed.
    /// <c>PATCH /knobs?validate=true</c> only checks, and answers 204.
    /// </summary>
    /// <param name="service">Shown beside each knob: <c>A</c>, <c>B</c>.</param>
    /// <param name="upstreams">Services whose knobs are shown and changed here as well, as they are at that moment; null: never any.</param>
    public static void MapKnobs(
        this WebApplication app, KnobStore store, string service, Func<IReadOnlyList<KnobClient>>? upstreams = null)
    {
        var board = new KnobBoard(store, service, upstreams is null ? null : new UpstreamKnobs(upstreams));
        app.MapGet("/knobs", (Delegate)board.Show);
        app.MapPatch("/knobs", async (HttpContext context) =>
        {
            if (!KnownQuery.TryFlag(context.Request, "validate", out var checkOnly, out var badFlag))
                return badFlag!;
            var (patch, problem) = await JsonBody.Read(context.Request);
            return problem ?? await board.Patch(context, patch, checkOnly);
        }).RefuseUnknownQuery("validate");

        app.Logger.LogInformation("Starts with {Knobs}; every other knob is at its default", store.Current);
        store.Changed += (before, after) =>
        {
            if (KnobValues.Difference(before, after) is { Length: > 0 } changes)
                app.Logger.LogInformation("Knobs changed: {Changes}", changes);
        };
    }
}
