namespace TinyResilient.Lab.Knobs;

/// <summary>Values for several knobs under one name.</summary>
static class Preset
{
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<Assignment>> All =
        new Dictionary<string, IReadOnlyList<Assignment>>
        {
            // A healthy dependency: it answers, and fast enough that no attempt times out.
            ["calm"] = [new("FAILURE_RATE", "0"), new("MAX_LATENCY_MS", "50")],
            // A sick one: most attempts fail, and a third of the others take longer than REQUEST_TIMEOUT_S.
            ["evil"] = [new("FAILURE_RATE", "0.6"), new("MAX_LATENCY_MS", "1500")],
        };

    /// <summary><c>FAILURE_RATE=0.6 MAX_LATENCY_MS=1500</c></summary>
    public static string Describe(string name) =>
        string.Join(' ', All[name].Select(assignment => $"{assignment.Name}={assignment.Value}"));
}
