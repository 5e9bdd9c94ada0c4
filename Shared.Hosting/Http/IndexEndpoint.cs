using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace TinyResilient.Shared.Hosting;

public static class IndexEndpoint
{
    /// <summary><c>GET /</c>: who this is, and the paths that it knows.</summary>
    public static void MapIndex(this WebApplication app) =>
        app.MapGet("/", (ServiceSettings settings, EndpointDataSource endpoints) => Results.Json(new
        {
            Service = settings.Name,
            Paths = endpoints.Endpoints.OfType<RouteEndpoint>()
                .Select(endpoint => endpoint.RoutePattern.RawText).Where(path => path != "/").Distinct(),
        }, Json.Options));
}
