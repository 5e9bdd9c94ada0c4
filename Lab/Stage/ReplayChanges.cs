using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TinyResilient.Shared.Hosting;

namespace TinyResilient.Lab.Stage;

/// <summary>What could be changed on a live stage, and cannot in a recording.</summary>
static class ReplayChanges
{
    public static void Refuse(WebApplication app)
    {
        foreach (var (method, path) in ((string, string)[])
            [
                ("PATCH", "/knobs"), ("PUT", "/faults"), ("PUT", "/load"), ("POST", "/service-b"), ("POST", "/marks"), ("POST", "/reset"),
                ("POST", "/act"), ("DELETE", "/act"), ("DELETE", "/arms"),
            ])
            app.MapMethods(path, [method], () => Problems.Of(409, "this is a replay: nothing in it can be changed"));
    }
}
