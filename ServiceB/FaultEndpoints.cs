using System.Text.Json.Nodes;
using TinyResilient.ServiceB.Faults;
using TinyResilient.Shared.Hosting;

namespace TinyResilient.ServiceB;

public static class FaultEndpoints
{
    /// <summary>
    /// <c>GET /faults</c> and <c>PUT /faults</c>: a list that replaces all faults that are set. Answers like GET, or 400
    /// naming every field that is wrong; then nothing has changed. <c>PUT /faults?validate=true</c> only checks: 204.
    /// </summary>
    public static void MapFaults(this WebApplication app, KnobStore knobs)
    {
        var board = app.Services.GetRequiredService<FaultBoard>();
        app.MapGet("/faults", () => Show(board));
        app.MapPut("/faults", async (HttpContext context) =>
        {
            if (!KnownQuery.TryFlag(context.Request, "validate", out var checkOnly, out var badFlag))
                return badFlag!;
            var (body, problem) = await JsonBody.Read(context.Request);
            if (problem is not null)
                return problem;
            var errors = new FieldErrors();
            var faults = FaultReader.Read(body, WorkKnobs.From(knobs.Current).Workers, errors);
            if (errors.Any)
                return Problems.BadFields(errors);
            if (checkOnly)
                return Results.NoContent();
            board.Put(faults);
            app.Logger.LogInformation("Faults set: {Faults}", faults is [] ? "none" : string.Join(", ", faults.Select(fault => fault.Name)));
            return Show(board);
        }).RefuseUnknownQuery("validate");
    }

    /// <summary>Every fault with all its parameters, and whether it is active now.</summary>
    public static JsonArray Shown(FaultBoard board, bool activeOnly = false) =>
        [.. board.Shown.Where(one => one.IsActive || !activeOnly).Select(one => FaultReader.Show(one.Fault, one.IsActive))];

    static IResult Show(FaultBoard board) => Results.Json(Shown(board), Json.Options);
}
