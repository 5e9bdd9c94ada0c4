using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceB;

/// <summary>All of ServiceB, from its environment to an application that can be started.</summary>
public sealed class PoolsHost
{
    readonly KnobStore knobs;

    /// <summary>Reads everything; what cannot be read is among the errors of the environment.</summary>
    public PoolsHost(EnvironmentReader environment)
    {
        Settings = ServiceSettings.Read(environment, new(Names.ServiceB, HttpPort: 8001, RemotePort: 5053));
        knobs = new KnobStore(WorkKnobs.All, KnobStore.Read(WorkKnobs.All, environment));
    }

    public ServiceSettings Settings { get; }

    /// <param name="place">What is another where it does not run as a process: its clock, its server, its transport.</param>
    public WebApplication Build(Action<WebApplicationBuilder>? place = null)
    {
        var builder = ServiceHost.CreateBuilder(Settings);
        builder.Services.AddTinyMetrics();
        builder.AddPools(Settings, knobs);
        place?.Invoke(builder);

        var app = builder.BuildService();
        app.MapGet("/process", app.Services.GetRequiredService<ProcessEndpoint>().Process);
        app.MapKnobs(knobs, "B");
        app.MapFaults(knobs);
        app.MapTinyMetrics();
        app.MapIndex();
        app.MapPools(knobs);
        return app;
    }
}
