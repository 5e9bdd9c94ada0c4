using System.CommandLine;
using System.Globalization;

namespace TinyResilient.Lab.Commands;

/// <summary>Options with a range, whose errors are one line: the option, the value, what is allowed.</summary>
static class LabOption
{
    public static Option<int> Whole(string name, int @default, int min, int max, string description) =>
        Of(name, "N", @default, $"a whole number in {min}..{max}", description,
            text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max ? value : null);

    public static Option<double> Number(string name, double @default, double min, double max, string description) =>
        Of(name, "N", @default, string.Create(CultureInfo.InvariantCulture, $"a number in {min}..{max}"), description,
            text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max ? value : null);

    static Option<T> Of<T>(string name, string helpName, T @default, string allowed, string description, Func<string, T?> read)
        where T : struct => new(name)
        {
            Description = description,
            HelpName = helpName,
            DefaultValueFactory = _ => @default,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (read(text) is { } value)
                    return value;
                result.AddError($"{name} {text} is not {allowed}.");
                return @default;
            },
        };
}
