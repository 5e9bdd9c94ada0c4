using System.CommandLine;
using System.Globalization;
using TinyResilient.Lab.Running;
using TinyResilient.Lab.Scenarios;
using TinyResilient.Lab.Statistics;
using TinyResilient.LoadTest;

namespace TinyResilient.Lab.Commands;

/// <summary>`tiny compare`: both lanes of what is running, as it is set now, with the same ids at the same time.</summary>
static class CompareCommand
{
    static readonly string[] rows = ["succeeded", "failed", "refused", "timed out", "lost", "wasted", "done twice"];
    static readonly Option<double> rate = LabOption.Number("--rps", 50, 0.1, 5_000, "Requests per second in each lane");
    static readonly Option<double> seconds = LabOption.Number("--seconds", 10, 0.1, 3_600, "How long");
    static readonly Option<int> seed = LabOption.Whole("--seed", 0, 0, int.MaxValue, "Request ids are seed-1, seed-2, …; 0 takes one from the clock");

    public static Command Create()
    {
        var command = new Command("compare", "Both lanes of the running services under the knobs and faults that are set now, same ids at the same time")
        {
            rate, seconds, seed,
        };
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        if (RunningServices.BadAddress() is { } bad)
        {
            await Console.Error.WriteLineAsync(bad);
            return ExitCode.Usage;
        }
        using var source = RunningServices.Of(parsed);
        try
        {
            await using var bench = await source.OpenAsync(nodes: 1, stop);
            var before = await ReadAsync(bench, stop);
            var number = parsed.GetValue(seed) is > 0 and var given ? given : TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
            var results = await Task.WhenAll(Lane.Both.Select(lane => new LoadRunner(TimeProvider.System).RunAsync(
                new LoadOptions
                {
                    Url = new Uri(bench.ServiceA, Lane.Path(lane)),
                    Seed = number,
                    Stages = [new(TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(rate))],
                },
                null, stop)));
            await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System, CancellationToken.None); // late answers
            var after = await ReadAsync(bench, CancellationToken.None);
            Console.Write(Table(results, before, after));
            return stop.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Ok;
        }
        catch (RunFailedException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return ExitCode.Failed;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
    }

    static async Task<IReadOnlyList<Books>> ReadAsync(Bench bench, CancellationToken stop) =>
        [.. await Task.WhenAll(Lane.Both.Select(async lane => new Books(
            await bench.Controls.GatewayLedgerAsync(lane, stop), await bench.Controls.PoolLedgersAsync(lane, stop))))];

    static string Table(IReadOnlyList<LoadResult> results, IReadOnlyList<Books> before, IReadOnlyList<Books> after)
    {
        var lines = new List<string>
        {
            Row("", Lane.Both),
            Row("success, %", results.Select(result => Number(result.Counts.SuccessPercent, "0.00"))),
            Row("attempts per request", results.Select(result => Number(result.Counts.AttemptsPerAnswer, "0.000"))),
            Row("p50, ms (successful)", results.Select(result => Number(result.Ok?.P50Ms, "0.0"))),
            Row("p95, ms", results.Select(result => Number(result.Ok?.P95Ms, "0.0"))),
            Row("p99, ms", results.Select(result => Number(result.Ok?.P99Ms, "0.0"))),
            "per 10,000 requests:",
        };
        lines.AddRange(rows.Select(row => Row($"  {row}", results.Select((result, index) =>
            Number(10_000.0 * (Of(row, after[index]) - Of(row, before[index])) / Math.Max(1, result.Counts.Total), "0")))));
        lines.Add(Sentence(results));
        return string.Concat(lines.Select(line => line + Environment.NewLine));
    }

    static long Of(string row, Books books) => row switch
    {
        "timed out" => books.Request("timed_out"),
        "lost" => books.Work("lost"),
        "wasted" => books.Wasted(books.Request("succeeded")),
        "done twice" => books.Effect("duplicate"),
        _ => books.Request(row),
    };

    static string Sentence(IReadOnlyList<LoadResult> results)
    {
        var z = Confidence.Z(0.95);
        var intervals = results.Select(result => Interval.Wilson(result.Counts.Succeeded, result.Counts.Total, z)).ToList();
        return intervals[0].Meets(intervals[1])
            ? $"The lanes do not differ beyond chance ({results[0].Counts.Total:N0} requests each; 95 % intervals of success overlap)."
            : "The lanes differ beyond chance (95 % intervals of success do not overlap).";
    }

    static string Row(string name, IEnumerable<string> cells) => $"{name,-24}{string.Concat(cells.Select(cell => $"{cell,12}"))}";

    static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";
}
