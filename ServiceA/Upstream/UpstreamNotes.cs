namespace TinyResilient.ServiceA.Upstream;

/// <summary>One line in the log for each change of a connection, and not one for each failed search.</summary>
public sealed class UpstreamNotes(ILogger<UpstreamNotes> log)
{
    readonly Dictionary<string, string> lastGone = [];
    readonly Lock gate = new();

    public void Connected(string node, string host)
    {
        lock (gate) lastGone.Remove(node);
        log.LogInformation("connected to service-b {Node} on {Host}", node, host);
    }

    public void Gone(string node, string why)
    {
        lock (gate)
        {
            if (lastGone.TryGetValue(node, out var before) && before == why) return;
            lastGone[node] = why;
        }
        log.LogWarning("service-b {Node} is not there: {Why}; trying again until it is", node, why);
    }
}
