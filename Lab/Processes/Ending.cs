namespace TinyResilient.Lab.Processes;

/// <summary>How a command ends that cannot do what it was told.</summary>
static class Ending
{
    /// <summary>Says why on standard error.</summary>
    /// <returns>The exit code.</returns>
    public static int Fail(int code, params IEnumerable<string> why)
    {
        foreach (var line in why)
            Console.Error.WriteLine(line);
        return code;
    }
}
