using System.Globalization;
using TinyResilient.Lab.Knobs;

namespace TinyResilient.Lab.Scenarios;

/// <summary>A value of a scenario that the user may set: its load, its fault, its policy.</summary>
/// <param name="Name">For <c>--set name=value</c>.</param>
/// <param name="Wanted">What is allowed, as the end of a sentence.</param>
sealed record Parameter(string Name, string Default, Func<string, bool> Allows, string Wanted, string Meaning)
{
    public static Parameter Number(string name, double @default, double min, double max, string meaning) =>
        new(name, Text(@default), text => Read(text) is { } value && value >= min && value <= max,
            $"a number in {Text(min)}..{Text(max)}", meaning);

    public static Parameter Whole(string name, int @default, int min, int max, string meaning) =>
        new(name, Text(@default),
            text => Read(text) is { } value && value >= min && value <= max && value == Math.Floor(value),
            $"a whole number in {min}..{max}", meaning);

    /// <summary>As the knob RETRY_BUDGET takes it.</summary>
    public static Parameter Budget(string name, string @default, string meaning) =>
        new(name, @default,
            text => text == "none" || (text.Split(':') is [("requests" or "successes"), var share] && Read(share) is >= 0 and <= 1),
            "none, requests:R or successes:R with R in 0..1", meaning);

    static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    static double? Read(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
}

/// <summary>The parameters of one run of one scenario.</summary>
sealed class Values
{
    readonly IReadOnlyDictionary<string, string> _texts;

    Values(IReadOnlyDictionary<string, string> texts) => (_texts, CapacityPerS) = (texts, new Dictionary<string, double>());

    public double this[string name] => double.Parse(_texts[name], CultureInfo.InvariantCulture);

    public int Whole(string name) => (int)this[name];

    public string Text(string name) => _texts[name];

    /// <summary>As they are shown and recorded.</summary>
    public IReadOnlyDictionary<string, string> Texts => _texts;

    /// <summary>Measured, by lane; empty before that.</summary>
    public IReadOnlyDictionary<string, double> CapacityPerS { get; private init; }

    /// <summary>False where the services are somebody else's: an arm that ends a process is left out.</summary>
    public bool MayKill { get; private init; } = true;

    public Values With(IReadOnlyDictionary<string, double> capacityPerS) => new(_texts)
    {
        CapacityPerS = capacityPerS,
        MayKill = MayKill,
    };

    /// <summary>For services that are somebody else's.</summary>
    public Values WithoutKills() => new(_texts)
    {
        MayKill = false,
    };

    /// <summary>The scenario's defaults with what was set; names that it does not have are left to other scenarios.</summary>
    /// <param name="problems">Gets one line for each value that cannot be.</param>
    public static Values Of(Scenario scenario, IEnumerable<Assignment> set, ICollection<string> problems)
    {
        var texts = scenario.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Default);
        foreach (var (name, text) in set)
        {
            if (scenario.Parameters.FirstOrDefault(parameter => parameter.Name == name) is not { } parameter)
                continue;
            texts[name] = text;
            if (!parameter.Allows(text))
                problems.Add($"{name} of {scenario.Name} must be {parameter.Wanted}, but is {text}");
        }
        return new(texts);
    }
}
