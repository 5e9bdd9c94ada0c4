using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TinyResilient.Shared.Hosting;

namespace TinyResilient.Lab.Stage;

/// <summary>A recording can be looked at: whatever changes a live stage is refused, and needs no list of its own.</summary>
static class ReplayChanges
{
    public static void Refuse(WebApplication app) => app.Use((context, next) =>
        HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)
            ? next(context)
            : Problems.Of(409, "this is a replay: nothing in it can be changed").ExecuteAsync(context));
}
