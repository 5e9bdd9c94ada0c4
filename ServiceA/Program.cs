using TinyResilient.ServiceA;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Messages;

var environment = new EnvironmentReader(Environment.GetEnvironmentVariable);
var settings = ServiceSettings.Read(environment, new(Names.ServiceA, HttpPort: 8000, RemotePort: 5054));
var upstream = UpstreamSettings.Read(environment);
IReadOnlyList<Knob> all = [.. GatewayKnobs.All, .. GatewayKnobs.OfOneLane];
var knobs = new KnobStore(all, KnobStore.Read(all, environment));
if (await ServiceHost.ExitCodeInstead(args, environment, settings) is { } code) return code;

var builder = ServiceHost.CreateBuilder(settings);
builder.Services.AddTinyMetrics();
builder.AddGateway(settings, upstream, knobs);

var app = builder.BuildService();
var others = app.Services.GetRequiredService<Fleet>();
app.MapProcess();
app.MapKnobs(knobs, "A", () => others.Controls);
app.MapFaults(() => others.Controls);
app.MapTinyMetrics();
app.MapIndex();
app.MapGateway(knobs, () => others.Controls);
return await app.RunService(environment);
