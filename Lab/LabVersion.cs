using System.Reflection;

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
}
