namespace TinyResilient.Shared.Hosting;

/// <summary>
/// Stops a program when its standard input ends. A pipe ends with the process that holds its other
/// end, on every operating system and however that process died.
/// </summary>
public static class ParentWatch
{
    /// <param name="stop">Called once, from a thread of its own.</param>
    public static void Start(Action stop)
    {
        // A thread of its own: reading from a pipe blocks, whatever the stream's methods are called.
        var watch = new Thread(() =>
        {
            using var input = Console.OpenStandardInput();
            while (input.ReadByte() >= 0)
            {
            }
            stop();
        })
        { IsBackground = true, Name = "parent watch" };
        watch.Start();
    }
}
