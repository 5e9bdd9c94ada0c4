using System.CommandLine;
using TinyResilient.Lab.Knobs;
using TinyResilient.Lab.Reports;

namespace TinyResilient.Lab.Commands;

/// <summary>What `tiny run` and `tiny peers` are told alike: names, seeds, parameters, where the report goes.</summary>
sealed class RunOptions
{
    const int MostSeeds = 200;
    const int MostBenches = 16;

    readonly string _command;
    readonly Argument<string[]> _names;
    readonly Option<int> _seeds;
    readonly Option<int> _firstSeed = LabOption.Whole("--first-seed", 1, 1, int.MaxValue - MostSeeds, "The first of the seeds");
    readonly Option<int> _benches;
    readonly Option<string[]> _set = Set();
    readonly Option<string?> _output = new("--out") { Description = "Folder for the report", HelpName = "DIR" };
    readonly Option<bool> _noPng = new("--no-png") { Description = "No PNG of the slides, also where a browser could draw them" };

    /// <param name="command">The name of the command that has them.</param>
    /// <param name="names">What may be named.</param>
    /// <param name="seeds">How many, where nothing is said, and what each does.</param>
    /// <param name="benches">How many at most, where nothing is said, and what they are.</param>
    public RunOptions(string command, string names, (int Default, string Description) seeds, (int Default, string Description) benches)
    {
        (_command, _names) = (command, Names(command, names));
        _seeds = LabOption.Whole("--seeds", seeds.Default, 1, MostSeeds, seeds.Description);
        _benches = LabOption.Whole("--benches", Math.Clamp(Environment.ProcessorCount, 1, benches.Default), 1, MostBenches, benches.Description);
    }

    /// <summary>The command with these, and with options of its own between the parameters and the report.</summary>
    public Command Command(string description, params IEnumerable<Option> own)
    {
        var command = new Command(_command, description) { _names, _seeds, _firstSeed, _benches, _set };
        foreach (var option in own.Append(_output).Append(_noPng))
            command.Add(option);
        return command;
    }

    public IReadOnlyList<string> Names(ParseResult parsed) => parsed.GetValue(_names) ?? [];

    public IReadOnlyList<long> Seeds(ParseResult parsed) =>
        [.. Enumerable.Range(parsed.GetValue(_firstSeed), parsed.GetValue(_seeds)).Select(seed => (long)seed)];

    public int Benches(ParseResult parsed) => parsed.GetValue(_benches);

    public IReadOnlyList<Assignment> Parameters(ParseResult parsed) =>
        [.. (parsed.GetValue(_set) ?? []).Select(text => Assignment.Read(text)!)];

    public string? Folder(ParseResult parsed) => parsed.GetValue(_output);

    /// <summary>What a report there would fail on, in one line that names the option; null: nothing.</summary>
    public string? Obstacle(ParseResult parsed, string? folder, string cure = "") =>
        folder is not null && ReportFolder.Obstacle(folder, cure) is { } obstacle
            ? $"{(Folder(parsed) is null ? RunCommand.Reports : _output.Name)} {obstacle}" : null;

    public bool WithPictures(ParseResult parsed) => !parsed.GetValue(_noPng);

    /// <summary>What to type to get it again.</summary>
    public static string Words(ParseResult parsed) => string.Join(' ', parsed.Tokens.Select(token => token.Value).Prepend("./tiny"));

    static Argument<string[]> Names(string command, string description)
    {
        var argument = new Argument<string[]>("NAME") { Description = description, Arity = ArgumentArity.ZeroOrMore };
        // It takes all words that follow, options that do not exist included.
        argument.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.StartsWith('-')))
                result.AddError($"{token.Value} is no option of {command}; tiny {command} --help shows them");
        });
        return argument;
    }

    static Option<string[]> Set()
    {
        var option = new Option<string[]>("--set")
        {
            Description = "A parameter of a scenario, e.g. --set rate=200; theory is computed for it. tiny explain NAME shows them",
            HelpName = "name=value",
        };
        option.Validators.Add(result => Assignments.Check(result.Tokens, "--set ", "rate=200", result.AddError));
        return option;
    }
}
