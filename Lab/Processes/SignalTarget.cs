namespace TinyResilient.Lab.Processes;

/// <summary>
/// Decides whom a command may signal: a process that a running lab started and that still is the same
/// process. Never a number alone, which the operating system gives to somebody else one day.
/// </summary>
sealed record SignalTarget(int? Pid, string Complaint)
{
    /// <param name="service">A name that <see cref="Service.Find"/> knows.</param>
    /// <param name="processes">What the lab wrote; null when there is no run file.</param>
    /// <param name="runs">Whether exactly this process still runs.</param>
    /// <param name="inDocker">The command that does the same in Docker, whose processes are not ours to signal; null: there is none.</param>
    public static SignalTarget Find(
        LabProcesses? processes, string service, int portBase, Func<ProcessIdentity, bool> runs, string? inDocker = null)
    {
        var start = $"start one with: tiny up{Option(portBase)}{(inDocker is null ? "" : $"; the same in Docker: {inDocker}")}";
        if (processes is null)
            return None($"No lab of tiny up runs on port {portBase}; {start}");
        if (processes.Services.TryGetValue(service, out var process) && runs(process))
            return new(process.Pid, "");
        if (!runs(processes.Lab))
            return None($"The lab on port {portBase} is gone; {start}");
        return Service.Find(service)!.Node is var node && node > processes.Nodes
            ? None($"The lab on port {portBase} has no {service}; start one with: tiny up --nodes {node}{Option(portBase)}")
            : None($"{service} is not running; the lab on port {portBase} is about to start it again");
    }

    static SignalTarget None(string complaint) => new(null, complaint);

    static string Option(int portBase) => portBase == PortPlan.DefaultBase ? "" : $" --port-base {portBase}";
}
