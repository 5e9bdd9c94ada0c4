using System.CommandLine;
using System.CommandLine.Help;
using System.Text;

namespace TinyResilient.LoadTest;

/// <summary>
/// The load test as a command: reads options, sends the load, prints the report on stdout, progress
/// on stderr.
/// </summary>
public static class LoadTestCommand
{
    const string Description =
        "Sends HTTP requests at fixed instants, as users would, and reports how the target did. "
        + "Exit codes: 0 done, 1 not one answer, 2 wrong options, 99 a threshold was not met, "
        + "130 interrupted.";

    /// <summary>The command, to be hung under another one.</summary>
    public static Command Build(string name = "load", TimeProvider? clock = null)
    {
        var time = clock ?? TimeProvider.System;
        var flags = new Flags();
        var command = new Command(name, Description);
        flags.AddTo(command);
        command.SetAction((parsed, stop) =>
        {
            var streams = parsed.InvocationConfiguration;
            return RunAsync(flags.Read(parsed, time), time, streams.Output, streams.Error, stop);
        });
        return command;
    }

    /// <summary>Parses and runs a whole command line.</summary>
    /// <param name="args">Without the command's name.</param>
    /// <param name="output">Result; null: stdout.</param>
    /// <param name="error">Progress and errors; null: stderr.</param>
    /// <param name="name">What the help calls the command.</param>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> args, TextWriter? output = null, TextWriter? error = null,
        string name = "loadtest")
    {
        var command = Build(name);
        command.Options.Add(new HelpOption());
        command.Options.Add(new VersionOption());
        var streams = new InvocationConfiguration
        {
            Output = output ?? Console.Out,
            Error = error ?? Console.Error,

            // After Ctrl-C the summary is still printed; on a busy machine 2 s may not be enough
            ProcessTerminationTimeout = TimeSpan.FromSeconds(10),
        };
        var parsed = command.Parse(args);
        if (parsed.Errors.Count == 0)
        {
            return await parsed.InvokeAsync(streams);
        }

        await streams.Error.WriteLineAsync(parsed.Errors[0].Message);
        return ExitCode.Usage;
    }

    /// <summary>What a command line asks for; nothing is done.</summary>
    /// <param name="args">Without the command's name.</param>
    /// <exception cref="FormatException">It is wrong; the message says where.</exception>
    public static (LoadOptions Options, IReadOnlyList<Threshold> Thresholds) Read(IReadOnlyList<string> args)
    {
        var (flags, command) = (new Flags(), new Command("load"));
        flags.AddTo(command);
        var parsed = command.Parse(args);
        if (parsed.Errors is [var error, ..])
        {
            throw new FormatException(error.Message);
        }

        var line = flags.Read(parsed, TimeProvider.System);
        return (line.Options, line.Thresholds);
    }

    static async Task<int> RunAsync(
        LoadCommandLine line, TimeProvider clock, TextWriter output, TextWriter error,
        CancellationToken stop)
    {
        using var json = ResultFile.Open("--json", line.Json, out var jsonProblem);
        using var csv = ResultFile.Open("--csv", line.Csv, out var csvProblem);
        if ((jsonProblem ?? csvProblem) is { } unwritable)
        {
            await error.WriteLineAsync(unwritable);
            return ExitCode.Usage;
        }

        var report = await MeasureAsync(line, clock, error, stop);
        await output.WriteAsync(report.Text());
        var unwritten = json?.Write(JsonReport.Text(report))
            ?? csv?.Write(CsvReport.Text(report.Result));
        if (unwritten is not null)
        {
            await error.WriteLineAsync(unwritten);
            return ExitCode.Failed;
        }

        return ExitCode.Of(report);
    }

    static async Task<Report> MeasureAsync(
        LoadCommandLine line, TimeProvider clock, TextWriter error, CancellationToken stop)
    {
        var (options, runner) = (line.Options, new LoadRunner(clock));
        var before = await KnobsAsync(line);
        var hadFaults = await HasFaultsAsync(line);
        var result = await ProgressDisplay.ShowAsync(
            options, error, progress => runner.RunAsync(options, progress, stop));

        // Theory is for one setting: not for a run during which somebody turned a knob, not for
        // one with a fault that the knobs do not tell, and not for a client that asks again
        var after = before is null ? null : await KnobsAsync(line);
        var isFor = options.Retries == 0 && (after is null || after == before)
            && !hadFaults && !await HasFaultsAsync(line);
        var theory = isFor ? before?.Predict(result.Counts.Total) : null;
        return new(result, theory, [.. line.Thresholds.Select(rule => rule.Judge(result))]);
    }

    static async Task<Knobs?> KnobsAsync(LoadCommandLine line) =>
        Knobs.Read(line.Options.Url, await ReadAsync(line, "/knobs"));

    // A list with something in it; a target that knows no such list has no faults that we know of
    static async Task<bool> HasFaultsAsync(LoadCommandLine line)
    {
        var faults = Encoding.UTF8.GetString(await ReadAsync(line, "/faults") ?? []).Trim();
        return faults.StartsWith('[') && faults != "[]";
    }

    static async Task<byte[]?> ReadAsync(LoadCommandLine line, string path)
    {
        using var target = new Target(new Uri(line.Options.Url, path), line.Patience, TimeProvider.System);
        return await target.ReadAsync();
    }
}
