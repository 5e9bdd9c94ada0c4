using TinyResilient.ServiceB;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Messages;

var environment = new EnvironmentReader(Environment.GetEnvironmentVariable);
var settings = ServiceSettings.Read(environment, new(Names.ServiceB, HttpPort: 8001, RemotePort: 5053));
var knobs = new KnobStore(WorkKnobs.All, KnobStore.Read(WorkKnobs.All, environment));
if (await ServiceHost.ExitCodeInstead(args, environment, settings) is { } code) return code;

var builder = ServiceHost.CreateBuilder(settings);
builder.Services.AddSingleton<Prometheus.IMetricFactory>(Prometheus.Metrics.WithCustomRegistry(Prometheus.Metrics.NewCustomRegistry()));
builder.AddPools(settings, knobs);

var app = builder.BuildService();
app.MapGet("/process", Endpoints.Process);
return await app.RunService();
