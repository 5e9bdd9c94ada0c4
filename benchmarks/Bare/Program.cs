// What lane http is measured against: an endpoint with an HttpClient and nothing else. /process has no policies,
// /process/policies the same four that ServiceA's pipeline has with its default knobs. With TEMPLATE=yes it is what a team
// writes: WebApplication's own builder, logging from Warning up, and the clients from a factory.
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

var serviceB = new Uri(new Uri(Environment.GetEnvironmentVariable("SERVICE_B_URL")!), "/process");
var isTemplate = Environment.GetEnvironmentVariable("TEMPLATE") == "yes";
var builder = isTemplate ? WebApplication.CreateBuilder() : WebApplication.CreateEmptyBuilder(new());
builder.Logging.SetMinimumLevel(LogLevel.Warning);
if (!isTemplate) builder.WebHost.UseKestrelCore();
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = isTemplate;
    kestrel.Listen(IPAddress.Loopback, int.Parse(Environment.GetEnvironmentVariable("HTTP_PORT")!));
});
builder.Services.AddRouting();
builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower);
var policies = new ResiliencePipelineBuilder<HttpResponseMessage>()
    .AddTimeout(TimeSpan.FromSeconds(10))
    .AddRetry(new HttpRetryStrategyOptions
    {
        MaxRetryAttempts = 2,
        Delay = TimeSpan.FromMilliseconds(50),
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
    })
    .AddCircuitBreaker(new HttpCircuitBreakerStrategyOptions
    {
        FailureRatio = 0.5,
        MinimumThroughput = 10,
        SamplingDuration = TimeSpan.FromSeconds(10),
        BreakDuration = TimeSpan.FromSeconds(5),
    })
    .AddTimeout(TimeSpan.FromSeconds(1))
    .Build();
builder.Services.AddHttpClient("plain").ConfigurePrimaryHttpMessageHandler(NewHandler);
builder.Services.AddHttpClient("guarded").ConfigurePrimaryHttpMessageHandler(NewHandler)
    .AddHttpMessageHandler(() => new ResilienceHandler(policies));
var app = builder.Build();

var factory = app.Services.GetRequiredService<IHttpClientFactory>();
var plain = new HttpClient(NewHandler());
var guarded = new HttpClient(new ResilienceHandler(policies)
{
    InnerHandler = NewHandler(),
});
var snakeCase = new JsonSerializerOptions
{
    PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
};
app.MapGet("/process", context => Ask(context, isTemplate ? factory.CreateClient("plain") : plain));
app.MapGet("/process/policies", context => Ask(context, isTemplate ? factory.CreateClient("guarded") : guarded));
await app.RunAsync();

async Task Ask(HttpContext context, HttpClient client)
{
    var began = TimeProvider.System.GetTimestamp();
    using var answer = await client.GetAsync(serviceB, context.RequestAborted);
    var work = answer.IsSuccessStatusCode
        ? await answer.Content.ReadFromJsonAsync<Work>(snakeCase, context.RequestAborted)
        : null;
    context.Response.StatusCode = work is null ? 502 : 200;
    var tookMs = TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
    await context.Response.WriteAsJsonAsync(new Answer(work is not null, work, 1, "closed", Math.Round(tookMs, 2), "success"));
}

static SocketsHttpHandler NewHandler() => new()
{
    UseProxy = false,
    AllowAutoRedirect = false,
    UseCookies = false,
    ActivityHeadersPropagator = null,
    PooledConnectionLifetime = TimeSpan.FromMinutes(2),
};

sealed record Work(string Status, string Host, double ProcessingMs);
sealed record Answer(bool Ok, Work? Data, int Attempts, string BreakerState, double TotalLatencyMs, string Note);
