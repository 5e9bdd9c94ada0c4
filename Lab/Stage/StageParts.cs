using TinyResilient.Lab.Processes;

namespace TinyResilient.Lab.Stage;

/// <param name="Tiny">How its command is called here.</param>
/// <param name="Shown">Where a presenter's terminal reaches the services.</param>
sealed record StagePlace(Uri ServiceA, Uri ServiceB, string Tiny, Urls Shown)
{
    /// <param name="ports">Of a lab on this machine.</param>
    /// <param name="serviceA">Where it is, if that is elsewhere; in a container, by a name that only containers know.</param>
    public static StagePlace Of(PortPlan ports, Uri? serviceA = null, Uri? serviceB = null)
    {
        var (a, b) = (serviceA ?? ports.Url(Service.A), serviceB ?? ports.Url(Service.B));
        return new(a, b, TinyOf(ports, serviceA is not null), new(Reached(a), Reached(b)));
    }

    static string TinyOf(PortPlan ports, bool isElsewhere) => isElsewhere ? "docker compose run --rm lab"
        : (OperatingSystem.IsWindows() ? @".\tiny.cmd" : "./tiny") + (ports.HttpA == PortPlan.DefaultBase ? "" : $" --port-base {ports.HttpA}");

    // Compose publishes each service's port under the same number on this machine.
    static string Reached(Uri address) => $"http://localhost:{address.Port}";
}

/// <summary>What all parts of a live stage share.</summary>
sealed class StageParts
{
    /// <param name="newHandler">As of <see cref="StageLoad"/>.</param>
    public StageParts(
        StagePlace place, StageProcesses processes, TimeProvider time, Action<string> complain, Func<HttpMessageHandler?>? newHandler = null)
    {
        (Place, Processes, Complain, Clock) = (place, processes, complain, new(time));
        Events = new(Clock);
        Load = new(place.ServiceA, Meters, Clock, time, complain, newHandler ?? (() => null));
    }

    public StagePlace Place { get; }
    public StageProcesses Processes { get; }

    /// <summary>Takes a line about something that should not have happened.</summary>
    public Action<string> Complain { get; }
    public StageClock Clock { get; }
    public EventLog Events { get; }
    public Lanes<LoadMeter> Meters { get; } = Lanes<LoadMeter>.Of(_ => new());
    public StageLoad Load { get; }
    public IActs Acts { get; set; } = new NoActs();
}
