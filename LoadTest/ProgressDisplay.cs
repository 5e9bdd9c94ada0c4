using Spectre.Console;

namespace TinyResilient.LoadTest;

/// <summary>
/// Shows how far a run is: a live line on a terminal, one plain line per second anywhere else.
/// </summary>
static class ProgressDisplay
{
    /// <summary>Runs the load with a display on <paramref name="error"/>.</summary>
    public static Task<LoadResult> ShowAsync(
        LoadOptions options, TextWriter error,
        Func<IProgress<LoadProgress>, Task<LoadResult>> run) =>
        ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected
            ? LiveAsync(options, error, run)
            : run(new Lines(error));

    static async Task<LoadResult> LiveAsync(
        LoadOptions options, TextWriter error,
        Func<IProgress<LoadProgress>, Task<LoadResult>> run)
    {
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(error) });
        var words = new TaskDescriptionColumn { Alignment = Justify.Left };
        return await console.Progress().AutoClear(true).Columns(new ProgressBarColumn(), words)
            .StartAsync(context =>
            {
                var length = options.Duration.TotalSeconds;
                return run(new Bar(context.AddTask("connecting", maxValue: length)));
            });
    }

    static string Words(LoadProgress progress)
    {
        var (seconds, counts) = (progress.Elapsed.TotalSeconds, progress.Counts);
        var failed = counts.Total - counts.Succeeded - counts.Refused;
        return seconds < 0
            ? $"warming up, {-seconds:F0} s left"
            : $"{seconds:F0} s: {counts.Succeeded} ok, {counts.Refused} refused, {failed} failed, "
                + $"{progress.InFlight} in flight";
    }

    // Not Progress<T>: that would post to the pool, and lines could overtake each other
    sealed class Lines(TextWriter error) : IProgress<LoadProgress>
    {
        double last = double.NegativeInfinity;

        public void Report(LoadProgress value)
        {
            if (Math.Floor(value.Elapsed.TotalSeconds) is var second && second > last)
            {
                last = second;
                error.WriteLine(Words(value));
            }
        }
    }

    sealed class Bar(ProgressTask task) : IProgress<LoadProgress>
    {
        public void Report(LoadProgress value)
        {
            task.Value = Math.Max(0, value.Elapsed.TotalSeconds);
            task.Description = Markup.Escape(Words(value));
        }
    }
}
