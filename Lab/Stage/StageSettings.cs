using TinyResilient.Lab.Processes;
using TinyResilient.Shared.Hosting;

namespace TinyResilient.Lab.Stage;

/// <summary>Where the stage listens and who may change something: the settings of the services, without remoting.</summary>
static class StageSettings
{
    /// <summary>Null where the environment cannot be read: then <paramref name="errors"/> has one line for each setting.</summary>
    public static ServiceSettings? Read(PortPlan ports, TextWriter errors)
    {
        var environment = new EnvironmentReader(Environment.GetEnvironmentVariable);
        var settings = ServiceSettings.Read(environment, new(StageHost.Name, ports.HttpLab, RemotePort: null));
        foreach (var error in environment.Errors)
            errors.WriteLine(error);
        return environment.Errors.Count == 0 ? settings : null;
    }
}
