using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TinyResilient.Shared.Hosting;

namespace TinyResilient.Lab.Stage;

/// <summary>What a presenter can do with acts: begin one, end it, forget what was measured.</summary>
static class ActChanges
{
    public static void MapActs(this WebApplication app, Acts acts)
    {
        app.MapPost("/act", async (HttpContext http) =>
        {
            var (body, problem) = await JsonBody.Read(http.Request);
            if (problem is not null)
                return problem;
            if (ActChoice.Read(body, out var errors) is not { } choice)
                return Problems.BadFields(errors);
            return (choice.Obstacle ?? acts.Begin(choice)) is { } refused ? Problems.Of(409, refused) : TypedResults.NoContent();
        });
        app.MapDelete("/act", async () =>
        {
            await acts.StopAsync();
            return TypedResults.NoContent();
        });
        app.MapDelete("/arms", () =>
        {
            acts.Forget();
            return TypedResults.NoContent();
        });
    }
}
