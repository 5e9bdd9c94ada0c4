// What lane http is measured against: an endpoint with an HttpClient and nothing else. /process has no policies,
// /process/policies the same four that ServiceA's pipeline has with its default knobs. BARE says how bare it is:
//   web        what `dotnet new web` begins with, one HttpClient, and the request's id carried on and echoed, as lane http does
//   factory    the same with clients from IHttpClientFactory
//   stripped   Kestrel, routing and one HttpClient, and no id: less than anybody writes, and less than lane http has to do
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

var serviceB = new Uri(new Uri(Environment.GetEnvironmentVariable("SERVICE_B_URL")!), "/process");
var bare = Environment.GetEnvironmentVariable("BARE") ?? "web";
if (bare is not ("web" or "factory" or "stripped"))
    throw new ArgumentException($"BARE={bare}: must be web, factory or stripped");
var isStripped = bare == "stripped";
var builder = isStripped ? WebApplication.CreateEmptyBuilder(new()) : WebApplication.CreateBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
if (isStripped) builder.WebHost.UseKestrelCore();
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = !isStripped;
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
app.MapGet("/process", context => Ask(context, bare == "factory" ? factory.CreateClient("plain") : plain));
app.MapGet("/process/policies", context => Ask(context, bare == "factory" ? factory.CreateClient("guarded") : guarded));
await app.RunAsync();

async Task Ask(HttpContext context, HttpClient client)
{
    var began = TimeProvider.System.GetTimestamp();
    using var request = new HttpRequestMessage(HttpMethod.Get, serviceB);
    if (!isStripped) CarryId(context, request);
    using var answer = await client.SendAsync(request, context.RequestAborted);
    var work = answer.IsSuccessStatusCode
        ? await answer.Content.ReadFromJsonAsync<Work>(snakeCase, context.RequestAborted)
        : null;
    context.Response.StatusCode = work is null ? 502 : 200;
    var tookMs = TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
    await context.Response.WriteAsJsonAsync(new Answer(work is not null, work, 1, "closed", Math.Round(tookMs, 2), "success"));
}

static void CarryId(HttpContext context, HttpRequestMessage request)
{
    const string header = "X-Request-Id";
    var id = context.Request.Headers[header] is [{ } given] ? given : Guid.NewGuid().ToString("N");
    request.Headers.TryAddWithoutValidation(header, id);
    context.Response.Headers[header] = id;
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
