using Microsoft.Extensions.Hosting;

namespace TinyResilient.Shared.Hosting;

/// <summary>
/// Stops the service when its standard input ends. A pipe ends with the process that holds its other
/// end, on every operating system and however that process died.
/// </summary>
static class ParentWatch
{
    public static void Start(IHostApplicationLifetime lifetime)
    {
        // A thread of its own: reading from a pipe blocks, whatever the stream's methods are called.
        var watch = new Thread(() =>
        {
            using var input = Console.OpenStandardInput();
            while (input.ReadByte() >= 0)
            {
            }
            lifetime.StopApplication();
        })
        { IsBackground = true, Name = "parent watch" };
        watch.Start();
    }
}
