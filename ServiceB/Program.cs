using TinyResilient.ServiceB;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Messages;

var environment = new EnvironmentReader(Environment.GetEnvironmentVariable);
var settings = ServiceSettings.Read(environment, new(Names.ServiceB, HttpPort: 8001, RemotePort: 5053));
var knobs = new KnobStore(WorkKnobs.All, KnobStore.Read(WorkKnobs.All, environment));
if (await ServiceHost.ExitCodeInstead(args, environment, settings) is { } code) return code;

var builder = ServiceHost.CreateBuilder(settings);
builder.Services.AddTinyMetrics();
builder.AddPools(settings, knobs);

var app = builder.BuildService();
app.MapGet("/process", app.Services.GetRequiredService<ProcessEndpoint>().Process);
app.MapKnobs(knobs, "B");
app.MapFaults(knobs);
app.MapTinyMetrics();
app.MapIndex();
app.MapPools(knobs);
return await app.RunService(environment);
