namespace TinyResilient.Lab.Rehearsals;

/// <summary>How Linux governs the speed of a processor.</summary>
sealed record Governor(string Name, string Driver);

/// <summary>Are there cores enough, and may they run at full speed?</summary>
static class ProcessorCheck
{
    /// <summary>Two services and a load generator share them.</summary>
    public const int FewestCores = 2;

    // With these drivers the processor itself decides, and powersave is the usual name for that.
    static readonly string[] deciding = ["intel_pstate", "amd-pstate-epp", "amd_pstate_epp"];

    public static Finding OfCores(int cores) => cores >= FewestCores
        ? Finding.Green("cores", $"{cores} cores, {FewestCores} are enough")
        : Finding.Red("cores", $"{cores} core for two services and a load, {FewestCores} are wanted", "give the virtual machine one more, or take another laptop");

    public static Finding OfGovernors(IReadOnlyList<Governor> governors)
    {
        const string what = "governor";
        if (governors.Count == 0)
            return Finding.Unknown(what, "this system does not say how it governs its processors");
        var names = string.Join(", ", governors.Select(governor => governor.Name).Distinct());
        return governors.Any(governor => governor.Name == "powersave" && !deciding.Contains(governor.Driver))
            ? Finding.Red(what, $"{names} keeps the processors at their lowest speed", "cpupower frequency-set -g performance")
            : Finding.Green(what, names);
    }

    /// <param name="folder">As Linux has it.</param>
    public static IReadOnlyList<Governor> Read(string folder = "/sys/devices/system/cpu") => !Directory.Exists(folder) ? []
        : [.. from cpu in Directory.EnumerateDirectories(folder, "cpu*")
              let governor = SystemFile.Line(Path.Combine(cpu, "cpufreq"), "scaling_governor")
              where governor is not null
              select new Governor(governor, SystemFile.Line(Path.Combine(cpu, "cpufreq"), "scaling_driver") ?? "")];
}
