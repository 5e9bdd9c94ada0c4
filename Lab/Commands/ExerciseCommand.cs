using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using TinyResilient.Lab.Knobs;
using TinyResilient.Lab.Processes;
using TinyResilient.Lab.Talks;
using TinyResilient.Lab.Virtual;
using TinyResilient.LoadTest;

namespace TinyResilient.Lab.Commands;

/// <summary>`tiny exercise`: judges exercises of a document in virtual time, with many seeds.</summary>
static class ExerciseCommand
{
    const string All = "all";

    // What the exercise is about, and what only names the run
    static readonly string[] given = ["FAILURE_RATE", "BASE_LATENCY_MS", "MAX_LATENCY_MS", "WORKERS", "SEED"];

    static readonly Argument<string> number = new("NUMBER") { Description = $"Of the exercise, or {All}" };
    static readonly Argument<string[]> knobs = new("NAME=VALUE")
    {
        Description = "The knobs that shall turn it green, e.g. MAX_RETRIES=6 FAILURE_THRESHOLD=0",
        Arity = ArgumentArity.ZeroOrMore,
    };

    static readonly Option<string> file = new("--file")
    {
        Description = "The document, of the form of docs/exercises.md",
        DefaultValueFactory = _ => Path.Combine("docs", "exercises.md"),
    };

    static readonly Option<int> seeds = LabOption.Whole("--seeds", 20, 1, 1_000, "How often it is judged, each time with other faults by chance");
    static readonly Option<bool> solution = new("--solution") { Description = "With the commands of its solution" };
    static readonly Option<bool> eachKnob = new("--each-knob")
    {
        Description = "Try every knob that it leaves open, one at a time, and tell which turn it green",
    };

    public static Command Create()
    {
        var command = new Command("exercise", "Judge an exercise in virtual time: no lab is needed, and chance is seen through. "
            + "Exit code 0: green with every seed; 99: not")
        {
            number, knobs, file, seeds, solution, eachKnob,
        };
        knobs.Validators.Add(result => Assignments.Check(result.Tokens, "", "MAX_RETRIES=6", result.AddError));
        command.SetAction(RunAsync);
        return command;
    }

    static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        var path = parsed.GetValue(file)!;
        if (TalkFile.Read(path, TalkCommand.Check, out var problems) is not { } document)
            return Ending.Fail(ExitCode.Usage, problems);
        var (wanted, turned) = (parsed.GetValue(number)!, parsed.GetValue(knobs) ?? []);
        var exercises = document.Sections.Select(Exercise.Of).OfType<Exercise>().ToList();
        var chosen = exercises.Where(exercise => wanted == All || exercise.Label == wanted).ToList();
        if (chosen.Count == 0)
        {
            var known = string.Join(", ", exercises.Select(one => one.Label).Append(All));
            return Ending.Fail(ExitCode.Usage, $"{wanted} is no exercise of {path}; there are {known}");
        }
        if (Contradiction(parsed) is { } contradiction)
            return Ending.Fail(ExitCode.Usage, contradiction);
        return await VirtualWork.DoAsync(
            async benches =>
            {
                var areGreen = true;
                foreach (var exercise in chosen)
                {
                    IReadOnlyList<string> answer = parsed.GetValue(solution) ? exercise.Solution
                        : turned.Length > 0 ? [$"{TypedCommand.Tiny} set {string.Join(' ', turned)}"] : [];
                    if (parsed.GetValue(eachKnob))
                        await TryAsync(benches, exercise, parsed.GetValue(seeds), stop);
                    else
                        areGreen &= await JudgeAsync(benches, exercise, answer, parsed.GetValue(seeds), stop);
                }
                return areGreen ? ExitCode.Ok : ExitCode.Threshold;
            },
            "stopped", Environment.ProcessorCount, stop);
    }

    static string? Contradiction(ParseResult parsed)
    {
        var (turned, isSolved, isTried) = (parsed.GetValue(knobs) ?? [], parsed.GetValue(solution), parsed.GetValue(eachKnob));
        return isSolved && isTried ? $"{eachKnob.Name} tries every knob in place of {solution.Name}: leave out one of them"
            : turned.Length > 0 && (isSolved || isTried || parsed.GetValue(number) == All)
                ? $"knobs are for one exercise, and in place of {solution.Name} or {eachKnob.Name}: leave out {string.Join(' ', turned)}"
            : null;
    }

    static async Task<bool> JudgeAsync(VirtualBenches benches, Exercise exercise, IReadOnlyList<string> answer, int seeds, CancellationToken stop)
    {
        var orders = Seeds(seeds).Select(seed => new TypedOrder(exercise.With(answer), seed)).ToList();
        var runs = (await benches.AllAsync(orders, stop)).Select(VirtualBenches.Sound).ToList();
        var with = answer.Count == 0 ? "" : $" ({string.Join("; ", answer)})";
        Console.WriteLine($"{exercise.Heading}{with}: virtual time, {seeds} seed{(seeds == 1 ? "" : "s")}");
        foreach (var rule in runs.SelectMany(run => run.Thresholds!).GroupBy(verdict => verdict.Text))
            Console.WriteLine($"  {rule.Key,-16} met {rule.Count(verdict => verdict.Met)} of {seeds}   {Measured([.. rule])}");
        var green = runs.Count(IsGreen);
        Console.WriteLine(green == seeds ? "  green" : green == 0 ? "  red" : $"  green {green} times of {seeds}");
        return green == seeds;
    }

    // What one seed turns green is judged with all of them.
    static async Task TryAsync(VirtualBenches benches, Exercise exercise, int seeds, CancellationToken stop)
    {
        var untouched = await benches.AllAsync([new TypedOrder(exercise.With([]), 1)], stop);
        var trials = (
            from knob in VirtualBenches.Sound(untouched[0]).Knobs!
            where !given.Contains(knob.Key) && knob.Value is JsonObject
            from value in Trials.Of($"{knob.Value["range"]}", $"{knob.Value["value"]}")
            select $"{knob.Key}={value}").ToList();
        Console.WriteLine($"{exercise.Heading}: {trials.Count} values of knobs, one at a time: virtual time, seed 1; what is green then, with {seeds}");
        var first = await benches.AllAsync([.. trials.Select(trial => Order(trial, 1))], stop);
        foreach (var (trial, run) in trials.Zip(first))
        {
            if (run.Failure is { } failure && !failure.Contains("must be a whole number", StringComparison.Ordinal))
                Console.WriteLine($"  {failure}");
            if (run.Failure is not null || !IsGreen(run))
                continue;
            var all = await benches.AllAsync([.. Seeds(seeds).Select(seed => Order(trial, seed))], stop);
            Console.WriteLine($"  {trial,-32} green {all.Select(VirtualBenches.Sound).Count(IsGreen)} of {seeds}");
        }

        TypedOrder Order(string trial, long seed) => new(exercise.With([$"{TypedCommand.Tiny} set {trial}"]), seed);
    }

    static IEnumerable<long> Seeds(int count) => Enumerable.Range(1, count).Select(seed => (long)seed);

    static bool IsGreen(Delivery run) => run.Thresholds!.All(verdict => verdict.Met);

    static string Measured(IReadOnlyList<Verdict> verdicts)
    {
        var actual = verdicts.Select(verdict => verdict.Actual).OfType<double>().ToList();
        var unit = verdicts[0].Unit is { Length: > 0 } one ? $" {one}" : "";
        return actual.Count == 0 ? "no value"
            : string.Create(CultureInfo.InvariantCulture, $"{actual.Average():0.##}{unit} ({actual.Min():0.##} to {actual.Max():0.##})");
    }

    /// <param name="Task">Its commands, up to a load with thresholds.</param>
    /// <param name="Solution">What is typed between them and that load.</param>
    sealed record Exercise(string Label, string Heading, IReadOnlyList<string> Task, IReadOnlyList<string> Solution)
    {
        /// <summary>Null where the section is none.</summary>
        public static Exercise? Of(Section section) =>
            section.Blocks.FirstOrDefault() is { Summary: "" } task
            && task.Commands[^1].Words is [TypedCommand.Tiny, "load", ..] load && load.Contains("--threshold")
                ? new(section.Label, section.Heading, Lines(task), [.. section.Blocks.Where(block => block.Summary == "Solution").SelectMany(Lines)]) : null;

        public IReadOnlyList<string> With(IEnumerable<string> answer) => [.. Task.SkipLast(1), .. answer, Task[^1]];

        static IReadOnlyList<string> Lines(CommandBlock block) => [.. block.Commands.Select(command => command.Text)];
    }
}
