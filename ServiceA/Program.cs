using TinyResilient.ServiceA;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Messages;

var environment = new EnvironmentReader(Environment.GetEnvironmentVariable);
var settings = ServiceSettings.Read(environment, new(Names.ServiceA, HttpPort: 8000, RemotePort: 5054));
var upstream = UpstreamSettings.Read(environment);
var knobs = new KnobStore(GatewayKnobs.All, KnobStore.Read(GatewayKnobs.All, environment));
if (await ServiceHost.ExitCodeInstead(args, environment, settings) is { } code) return code;

var builder = ServiceHost.CreateBuilder(settings);
builder.Services.AddSingleton<Prometheus.IMetricFactory>(Prometheus.Metrics.WithCustomRegistry(Prometheus.Metrics.NewCustomRegistry()));
builder.AddGateway(settings, upstream, knobs);

var app = builder.BuildService();
app.MapGet("/process", (HttpContext http, ProcessEndpoint endpoint) => endpoint.Process(http)).RefuseUnknownQuery("trace");
return await app.RunService();
