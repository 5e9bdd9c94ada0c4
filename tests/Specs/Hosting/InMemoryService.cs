using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TinyResilient.Shared.Hosting;
using Xunit;

namespace Specs.Hosting;

/// <summary>A service with everything of <see cref="ServiceHost"/> but the sockets; its client is on this machine.</summary>
sealed class InMemoryService : IAsyncDisposable
{
    InMemoryService(WebApplication app) => (App, Client) = (app, app.GetTestClient());

    public WebApplication App { get; }
    public HttpClient Client { get; }

    /// <param name="add">Adds the service's own, e.g. another clock, which wins.</param>
    public static async Task<InMemoryService> Start(
        Action<WebApplication> map, ServiceSettings? settings = null, Action<IServiceCollection>? add = null)
    {
        var builder = ServiceHost.CreateBuilder(settings ?? Samples.Settings());
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IStartupFilter, PeerOnThisMachine>();
        add?.Invoke(builder.Services);
        var app = builder.BuildService();
        map(app);
        await app.StartAsync();
        return new InMemoryService(app);
    }

    public async Task<Answer> Send(HttpMethod method, string path, string? json = null,
        params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Client.SendAsync(request);
        return new Answer(response, await response.Content.ReadAsStringAsync());
    }

    public Task<Answer> Get(string path, params (string Name, string Value)[] headers) =>
        Send(HttpMethod.Get, path, null, headers);

    public Task<Answer> Patch(string path, string json) => Send(HttpMethod.Patch, path, json);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.DisposeAsync();
    }

    sealed class PeerOnThisMachine : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, go) =>
            {
                context.Connection.RemoteIpAddress = IPAddress.Loopback;
                return go(context);
            });
            next(app);
        };
    }
}

/// <summary>An HTTP answer, read whole.</summary>
sealed record Answer(HttpResponseMessage Response, string Text)
{
    public int Status => (int)Response.StatusCode;

    public JsonElement Json => Samples.Json(Text);

    /// <summary>The first message of a problem about the field.</summary>
    public string? Error(string field)
    {
        Assert.Equal("application/problem+json", Response.Content.Headers.ContentType?.MediaType);
        return Json.GetProperty("errors").GetProperty(field)[0].GetString();
    }
}
