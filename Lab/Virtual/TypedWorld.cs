using System.Text.Json.Nodes;
using TinyResilient.Lab.Commands;
using TinyResilient.Lab.Knobs;
using TinyResilient.Lab.Running;
using TinyResilient.Lab.Scenarios;
using TinyResilient.Lab.Talks;
using TinyResilient.LoadTest;

namespace TinyResilient.Lab.Virtual;

/// <summary>Types commands of a document into a world, as a user does into a running lab.</summary>
/// <param name="seed">Of its loads: with another the same commands meet other faults.</param>
sealed class TypedWorld(VirtualBench bench, TimeProvider time, long seed)
{
    static readonly CancellationToken never = CancellationToken.None;

    IReadOnlyList<LoadTest.Verdict> _thresholds = [];
    JsonObject _knobs = [];

    /// <returns>What became of the thresholds of the last load, and the knobs before it.</returns>
    /// <exception cref="RunFailedException">A service refuses what was typed, or it is no command for a world.</exception>
    public async Task<(IReadOnlyList<LoadTest.Verdict> Thresholds, JsonObject Knobs)> TypeAsync(IEnumerable<string> lines)
    {
        foreach (var line in lines)
            await TypeAsync(line, TypedCommand.Read(line, out var problem) ?? throw new RunFailedException($"{line}: {problem}"));
        return (_thresholds, _knobs);
    }

    async Task TypeAsync(string line, TypedCommand command)
    {
        var parsed = Tiny.Create().Parse([.. command.Words.Skip(1)]);
        switch (command.IsTiny ? parsed.CommandResult.Command.Name : "")
        {
            case "reset":
                await bench.Controls.ResetAsync(never);
                break;
            case "set":
                await SetAsync(Read(parsed.GetValue<string[]>("NAME=VALUE")!));
                break;
            case "preset":
                await SetAsync(Preset.All[parsed.GetValue<string>("NAME")!]);
                break;
            case "break":
                await bench.Controls.BreakAsync(FaultPreset.Find(parsed.GetValue<string>("FAULT")!) is not { } fault ? []
                    : [fault.With(Read(parsed.GetValue<string[]>("NAME=VALUE") ?? []), parsed.GetValue<string>("--lane")!)], never);
                break;
            case "load":
                await LoadAsync([.. command.Words.Skip(2)]);
                break;
            default:
                throw new RunFailedException($"{line}: only set, preset, reset, break and load are typed in virtual time");
        }
    }

    async Task SetAsync(IEnumerable<Assignment> assignments)
    {
        var (knobs, _) = await bench.Controls.SetNowAsync(never);
        await bench.Controls.SetAsync(new KnobTable(knobs).Patch(assignments), never);
    }

    async Task LoadAsync(IReadOnlyList<string> words)
    {
        var (options, thresholds) = LoadTestCommand.Read(words);
        (_knobs, _) = await bench.Controls.SetNowAsync(never);
        using var handler = bench.NewLoadHandler();
        var result = await new LoadRunner(time) { Handler = handler }.RunAsync(
            options with
            {
                Url = new(bench.ServiceA, options.Url.AbsolutePath),
                Seed = seed,
            },
            null, never);
        _thresholds = [.. thresholds.Select(rule => rule.Judge(result))];
    }

    static IEnumerable<Assignment> Read(IEnumerable<string> texts) => texts.Select(text => Assignment.Read(text)!);
}
