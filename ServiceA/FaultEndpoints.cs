using TinyResilient.Shared.Hosting;

namespace TinyResilient.ServiceA;

public static class FaultEndpoints
{
    /// <summary>
    /// <c>GET /faults</c> and <c>PUT /faults</c> for every ServiceB behind this service: 400 where one of them would not take
    /// the faults, 503 where one cannot be reached; then nothing has changed.
    /// </summary>
    public static void MapFaults(this WebApplication app, Func<IReadOnlyList<KnobClient>> others)
    {
        var faults = new UpstreamFaults(others);
        app.MapGet("/faults", (Delegate)faults.Show);
        app.MapPut("/faults", async (HttpContext context) =>
        {
            if (!KnownQuery.TryFlag(context.Request, "validate", out var checkOnly, out var badFlag))
                return badFlag!;
            var (body, problem) = await JsonBody.Read(context.Request);
            return problem ?? await faults.Put(context, body, checkOnly);
        }).RefuseUnknownQuery("validate");
    }
}
