using System.Reflection;
using System.Runtime.InteropServices;
using TinyResilient.Lab.Results;

namespace TinyResilient.Lab;

/// <summary>Which lab this is.</summary>
static class LabVersion
{
    // 0.1.0+<commit>, where the build knew it
    static readonly string[] parts = Assembly.GetExecutingAssembly()
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+') ?? ["?"];

    public static string Number => parts[0];

    /// <summary>Null where the build did not know it.</summary>
    public static string? Commit => parts.Length > 1 ? parts[1] : null;

    /// <summary>This lab on this machine.</summary>
    /// <param name="services">What runs the services.</param>
    public static Origin With(string services) =>
        new(Number, Commit, RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription, Environment.ProcessorCount, services);
}
