using System.Globalization;
using System.Text;
using TinyResilient.Lab.Scenarios;

namespace TinyResilient.Lab.Peers;

/// <summary>
/// What a proxy is told: its template, filled with what the arm says. It has as many attempts as the tuned lanes, the same
/// timeout for each, and with several nodes the same threshold and cool-down.
/// </summary>
static class ProxyConfiguration
{
    // Of the timeout: what waits no longer than that can still be answered in time.
    const double ShareOfTimeout = 2.0 / 3;

    /// <summary>What stands between @ signs, but for the port.</summary>
    public static IReadOnlyDictionary<string, string> Settings(Arm arm) => new Dictionary<string, string>
    {
        ["ATTEMPTS"] = Text(Number(arm, "MAX_RETRIES") + 1),
        ["RETRIES"] = Text(Number(arm, "MAX_RETRIES")),
        ["TIMEOUT_MS"] = Text(1_000 * Number(arm, "REQUEST_TIMEOUT_S")),
        ["TOTAL_S"] = Text(Number(arm, "TOTAL_TIMEOUT_S")),
    };

    /// <param name="nodes">host:port of each ServiceB.</param>
    public static string Text(Proxy proxy, Arm arm, int port, IReadOnlyList<string> nodes)
    {
        var text = Template(proxy);
        foreach (var (name, value) in Settings(arm).Append(new("PORT", Text(port))).Append(new("SERVERS", Servers(proxy, arm, nodes))))
            text = text.Replace($"@{name}@", value, StringComparison.Ordinal);
        return text;
    }

    /// <summary>In flight at one ServiceB: what its workers do within two thirds of the attempt timeout.</summary>
    public static int InFlight(Arm arm) => (int)Math.Ceiling(
        Number(arm, "WORKERS") * 1_000 * Number(arm, "REQUEST_TIMEOUT_S") / Number(arm, "BASE_LATENCY_MS") * ShareOfTimeout);

    /// <summary>The lines of the servers, which differ between one node and several.</summary>
    public static string Servers(Proxy proxy, Arm arm, IReadOnlyList<string> nodes)
    {
        var (limit, failures, coolDown) = (InFlight(arm), Text(Number(arm, "ACTOR_FAILURE_THRESHOLD")), Number(arm, "COOL_DOWN_SECONDS"));
        var attempts = (int)Number(arm, "MAX_RETRIES") + 1;
        IEnumerable<string> lines = (proxy == Proxy.HaProxy, nodes.Count > 1) switch
        {
            (true, true) => nodes.Select((node, index) => $"    server b{index + 1} {node} maxconn {limit} check inter 1s rise 1 downinter {Text(1_000 * coolDown)}ms "
                + $"observe layer7 error-limit {failures} on-error mark-down"),
            (true, false) => [$"    server b1 {nodes[0]} maxconn {limit}"],
            (false, true) => nodes.Select(node => $"    server {node} max_conns={limit} max_fails={failures} fail_timeout={Text(Math.Ceiling(coolDown))}s;"),
            // The limit is for all entries together.
            (false, false) => Enumerable.Repeat($"    server {nodes[0]} max_conns={Math.Max(1, limit / attempts)} max_fails=0;", attempts),
        };
        return string.Join('\n', lines);
    }

    static string Template(Proxy proxy)
    {
        using var reader = new StreamReader(typeof(ProxyConfiguration).Assembly.GetManifestResourceStream($"peers/{proxy.Template}")!, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    static double Number(Arm arm, string knob) => Convert.ToDouble(arm.Knobs[knob], CultureInfo.InvariantCulture);

    static string Text(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);
}
