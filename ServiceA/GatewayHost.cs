using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceA;

/// <summary>All of ServiceA, from its environment to an application that can be started.</summary>
public sealed class GatewayHost
{
    readonly UpstreamSettings upstream;
    readonly KnobStore knobs;

    /// <summary>Reads everything; what cannot be read is among the errors of the environment.</summary>
    public GatewayHost(EnvironmentReader environment)
    {
        Settings = ServiceSettings.Read(environment, new(Names.ServiceA, HttpPort: 8000, RemotePort: 5054));
        upstream = UpstreamSettings.Read(environment);
        IReadOnlyList<Knob> all = [.. GatewayKnobs.All, .. GatewayKnobs.OfOneLane];
        knobs = new KnobStore(all, KnobStore.Read(all, environment));
    }

    public ServiceSettings Settings { get; }

    /// <param name="place">What is another where it does not run as a process: its clock, its server, its transport.</param>
    public WebApplication Build(Action<WebApplicationBuilder>? place = null)
    {
        var builder = ServiceHost.CreateBuilder(Settings);
        builder.Services.AddTinyMetrics();
        builder.AddGateway(Settings, upstream, knobs);
        place?.Invoke(builder);

        var app = builder.BuildService();
        var others = app.Services.GetRequiredService<Fleet>();
        app.MapProcess();
        app.MapKnobs(knobs, "A", () => others.Controls);
        app.MapFaults(() => others.Controls);
        app.MapTinyMetrics();
        app.MapIndex();
        app.MapGateway(knobs, () => others.Controls);
        return app;
    }
}
