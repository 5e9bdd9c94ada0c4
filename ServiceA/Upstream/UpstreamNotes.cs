namespace TinyResilient.ServiceA.Upstream;

/// <summary>One line in the log for each change of a connection, and not one for each failed search.</summary>
public sealed class UpstreamNotes(ILogger<UpstreamNotes> log)
{
    readonly Dictionary<string, string> lastGone = [];
    readonly HashSet<string> leaving = [];
    readonly Lock gate = new();

    public void Connected(string node, string host)
    {
        lock (gate) lastGone.Remove(node);
        log.LogInformation("connected to service-b {Node} on {Host}", node, host);
    }

    public void Joined(string node, Uri http) => log.LogInformation("service-b {Node} has joined the cluster; HTTP at {Http}", node, http.Authority);

    /// <summary>What becomes of its connection from now on is no news.</summary>
    public void Leaving(string node)
    {
        lock (gate) leaving.Add(node);
    }

    public void Left(string node)
    {
        lock (gate)
        {
            lastGone.Remove(node);
            leaving.Remove(node);
        }
        log.LogInformation("service-b {Node} has left the cluster", node);
    }

    public void Gone(string node, string why)
    {
        lock (gate)
        {
            if (leaving.Contains(node)) return;
            if (lastGone.TryGetValue(node, out var before) && before == why) return;
            lastGone[node] = why;
        }
        log.LogWarning("service-b {Node} is not there: {Why}; trying again until it is", node, why);
    }
}
