using System.Globalization;
using System.Text.Json.Nodes;
using TinyResilient.Lab.Peers;
using TinyResilient.LoadTest;

namespace TinyResilient.Lab.Scenarios;

/// <summary>Something that happens to ServiceB while an arm runs.</summary>
/// <param name="AtS">Seconds from the first request.</param>
/// <param name="Node">Which ServiceB, from 0.</param>
/// <param name="DownS">Seconds until it is started again.</param>
sealed record Kill(double AtS, int Node, double DownS);

/// <summary>
/// An orchestrator's liveness probe: asks ServiceB for a piece of work from outside, and after so many failures in a row the
/// process is killed and started again. Its interval is short beside those of life, as the arms are.
/// </summary>
sealed record LivenessProbe(double EveryS, int Failures);

/// <summary>
/// One combination of policies under one fault and one load; it is run in each of its lanes at once, from the same ids.
/// </summary>
sealed record Arm(string Name)
{
    /// <summary>On top of the services' defaults.</summary>
    public IReadOnlyDictionary<string, object> Knobs { get; init; } = new Dictionary<string, object>();

    /// <summary>As <c>PUT /faults</c> takes them.</summary>
    public IReadOnlyList<JsonObject> Faults { get; init; } = [];

    /// <summary>Node from 0, and the faults of that ServiceB alone.</summary>
    public IReadOnlyDictionary<int, IReadOnlyList<JsonObject>> NodeFaults { get; init; } =
        new Dictionary<int, IReadOnlyList<JsonObject>>();

    /// <summary>Requests per second, in each lane.</summary>
    public required double Rate { get; init; }

    public required double Seconds { get; init; }

    public Arrivals Arrivals { get; init; }

    /// <summary>Retries by the client itself.</summary>
    public int ClientRetries { get; init; }

    public IReadOnlyList<string> Lanes { get; init; } = Lane.Both;

    /// <summary>Whether both lanes have the same policies, so that theory expects the same of them.</summary>
    public bool IsEqual { get; init; } = true;

    public Kill? Kill { get; init; }

    /// <summary>Stands in front of ServiceB's pool http in place of ServiceA; null: ServiceA is asked.</summary>
    public Proxy? Proxy { get; init; }

    public LivenessProbe? Probe { get; init; }

    /// <summary>Whether a ServiceB process may end before the arm does, and its books with it.</summary>
    public bool EndsProcesses => Kill is not null || Probe is not null;

    /// <summary>ServiceB processes behind the gateway.</summary>
    public int Nodes { get; init; } = 1;

    /// <summary>Measured capacity of a lane, work per second, where theory is to start from it; null: from the service time that is set.</summary>
    public double? CapacityPerS { get; init; }

    /// <summary>Not predicted by the model: measured for comparison only.</summary>
    public bool IsUnmodelled { get; init; }

    /// <summary>When the last of its faults ends, seconds from the first request; null: they last as long as the arm, or it has none.</summary>
    public double? FaultEndS => Faults.Count > 0 && NodeFaults.Count == 0 && Faults.All(fault => fault["for_s"] is not null)
        && Faults.Max(fault => ArmFaults.Number(fault["from_s"] ?? 0) + ArmFaults.Number(fault["for_s"]!)) is var end && end < Seconds ? end : null;

    /// <summary>What the load generator takes as its one stage.</summary>
    public LoadTest.Stage Load => new(TimeSpan.FromSeconds(Seconds), Rate);

    public int Requests => (int)Load.Requests;

    /// <summary>What a reader must know to be fair to both lanes.</summary>
    public string Remark { get; init; } = "";

    /// <summary>In the words of the command line, for people.</summary>
    public string Settings => string.Join("; ", ((string[])
        [
            string.Join(' ', Knobs.Select(knob => $"{knob.Key}={Convert.ToString(knob.Value, CultureInfo.InvariantCulture)?.ToLowerInvariant()}")),
            .. Faults.Select(fault => $"fault {fault.ToJsonString()}"),
            .. NodeFaults.Select(node => $"node {node.Key + 1} {string.Join(' ', node.Value.Select(fault => fault.ToJsonString()))}"),
            Probe is { } probe ? string.Create(CultureInfo.InvariantCulture,
                $"ServiceB is asked every {probe.EveryS:0.##} s from outside, killed after {probe.Failures} failures in a row, and started again") : "",
            string.Create(CultureInfo.InvariantCulture, $"{Rate:0.##} requests/s for {Seconds:0.##} s"),
            Remark,
        ]).Where(part => part.Length > 0));

    /// <summary>A copy with further knobs.</summary>
    public Arm With(string name, params (string Name, object Value)[] knobs) => this with
    {
        Name = name,
        Knobs = Knobs.Where(knob => knobs.All(more => more.Name != knob.Key))
            .Concat(knobs.Select(more => KeyValuePair.Create(more.Name, more.Value))).ToDictionary(),
    };
}

/// <summary>The names of the lanes, as in the services' ledgers.</summary>
static class Lane
{
    public const string Actor = "actor";
    public const string Http = "http";
    public static readonly IReadOnlyList<string> Both = [Actor, Http];

    public static string Path(string lane) => lane == Actor ? "/process" : "/process/http";
}
