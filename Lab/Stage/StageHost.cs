using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TinyResilient.Shared.Hosting;

namespace TinyResilient.Lab.Stage;

/// <summary>
/// Serves a show: its pages, <c>/state</c>, <c>/events</c>, <c>/history</c> and <c>/setup</c>, under the same rules as the
/// services. What can be changed is added by whoever can change it. It starts and ends when it is told to, whatever the
/// terminal says.
/// </summary>
sealed class StageHost : IAsyncDisposable
{
    public const string Name = "lab";

    const string Policy = "default-src 'self'; img-src 'self' data: blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'";

    static readonly TimeSpan endLimit = TimeSpan.FromSeconds(2);

    readonly ServiceSettings _settings;
    readonly WebApplication _app;

    /// <param name="complain">Takes what is to be logged, line by line.</param>
    /// <param name="changes">Adds what can be changed; null: nothing can.</param>
    public StageHost(ServiceSettings settings, IShow show, Action<string> complain, Action<WebApplication>? changes = null)
    {
        _settings = settings;
        var builder = ServiceHost.CreateBuilder(settings);
        builder.Logging.ClearProviders().AddProvider(new StageLog(complain));
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = endLimit);
        _app = builder.BuildService();
        _app.Use(Protect);
        _app.MapLiveness();
        _app.MapReadiness(() => Readiness.Yes);
        _app.MapState(() => Task.FromResult<object>(show.Frame));
        _app.MapGet("/history", () => TypedResults.Json(show.History, Json.Options));
        _app.MapGet("/setup", () => TypedResults.Json(show.Setup, Json.Options));
        new PageFiles().Map(_app);
        changes?.Invoke(_app);
    }

    /// <summary>Null once it listens; otherwise one line why it does not.</summary>
    public async Task<string?> StartAsync()
    {
        try
        {
            await _app.StartAsync();
            return null;
        }
        catch (IOException taken)
        {
            return ServiceHost.UnusableHttp(_settings) ?? taken.Message;
        }
    }

    /// <summary>Ends every stream at once, and what else is under way within two seconds.</summary>
    public Task StopAsync() => _app.StopAsync(CancellationToken.None);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    static Task Protect(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        return next(context);
    }

    // Ctrl-C is for tiny, which ends the stage in its turn.
    sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
