namespace TinyResilient.Lab.Processes;

/// <summary>What `tiny up` prints once both services are ready: where they are, and what to try.</summary>
static class Welcome
{
    public static string Text(PortPlan ports, bool windows)
    {
        var tiny = windows ? @".\tiny.cmd" : "./tiny";
        // PowerShell 5 has something else by the name of curl.
        var curl = windows ? "curl.exe" : "curl";
        var option = ports.HttpA == PortPlan.DefaultBase ? "" : $" --port-base {ports.HttpA}";
        return $"""

            {(ports.IsCluster ? $"service-a and {ports.Nodes} nodes of service-b are ready, as a cluster." : "Both services are ready.")}
              the stage:                       http://localhost:{ports.HttpLab}   for who presents; /stage for the room
              service-a, the gateway:          http://localhost:{ports.HttpA}   /process /health /state /knobs /metrics
              service-b, the flaky dependency: http://localhost:{ports.HttpB}   /health /state /knobs /metrics{Further(ports)}

            Try in a second terminal:
              {curl} http://localhost:{ports.HttpA}/process
              {tiny} load --rps 20 --seconds 10{option}
              {tiny} kill service-b{option}

            Ctrl-C stops all.

            """;
    }

    // The alignment is that of the lines above.
    static string Further(PortPlan ports) => string.Concat(Service.With(ports.Nodes).Where(service => service.Node > 1)
        .Select(service => $"\n  {service.Name + ":",-33}http://localhost:{service.HttpPort(ports)}"));
}
