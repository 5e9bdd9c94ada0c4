using System.Globalization;

namespace TinyResilient.Shared.Hosting;

/// <summary>Turns a setting's text into its value; false when it is none.</summary>
public delegate bool TryRead<T>(string text, out T value);

/// <summary>
/// Reads settings from the environment and collects everything that is wrong with them, so that a start
/// fails once, with one line for each. An empty value counts as unset. Never throws for a bad value.
/// </summary>
/// <param name="variable">Usually <see cref="Environment.GetEnvironmentVariable(string)"/>.</param>
public sealed class EnvironmentReader(Func<string, string?> variable)
{
    readonly List<string> _errors = [];
    readonly HashSet<string> _asked = [];

    /// <summary>One line each: <c>HTTP_PORT: "abc" is not a whole number in 1..65535</c>.</summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>The text without the blanks around it; null when unset or blank.</summary>
    public string? Find(string name)
    {
        _asked.Add(name);
        return variable(name)?.Trim() is { Length: > 0 } text ? text : null;
    }

    /// <summary>Whether there is a value of blanks alone.</summary>
    public bool IsBlank(string name) => variable(name) is { Length: > 0 } text && text.Trim().Length == 0;

    /// <summary>Variables that nobody has asked for, and that are a slip of the hand away from one that was: with what was meant.</summary>
    /// <param name="present">Names of all variables.</param>
    public IEnumerable<(string Name, string Meant)> Misspelt(IEnumerable<string> present) =>
        from name in present
        where !_asked.Contains(name)
        let meant = Nearest.To(name, _asked, most: 2)
        where meant is not null
        select (name, meant);

    /// <param name="wanted">What is allowed, as the end of a sentence: <c>a host name</c>.</param>
    public T Read<T>(string name, T fallback, string wanted, TryRead<T> tryRead)
    {
        if (Find(name) is not { } text)
            return fallback;
        if (tryRead(text, out var value))
            return value;
        Refuse(name, text, wanted);
        return fallback;
    }

    public int Whole(string name, int fallback, int min, int max) =>
        Read(name, fallback, $"a whole number in {min}..{max}", (string text, out int value) =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)
            && value >= min && value <= max);

    public bool Flag(string name, bool fallback) => Read<bool>(name, fallback, "true or false", bool.TryParse);

    /// <summary>One of the enum's names, in snake_case.</summary>
    public TEnum Choice<TEnum>(string name, TEnum fallback) where TEnum : struct, Enum =>
        Read<TEnum>(name, fallback, $"one of {string.Join(", ", Words<TEnum>.All)}", Words<TEnum>.TryParse);

    /// <summary>Texts separated by commas, each of which <paramref name="tryRead"/> must accept.</summary>
    public IReadOnlyList<T> List<T>(string name, IReadOnlyList<T> fallback, string wanted, TryRead<T> tryRead) =>
        Read(name, fallback, wanted, (string text, out IReadOnlyList<T> values) =>
        {
            var read = new List<T>();
            values = read;
            foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
            {
                if (!tryRead(part, out var value))
                    return false;
                read.Add(value);
            }
            return true;
        });

    /// <summary>Base addresses of other services: <c>http://host:port</c>, several with commas.</summary>
    public IReadOnlyList<Uri> Urls(string name, string fallback) =>
        List(name, [new Uri(fallback)], "a list of http://host:port", (string text, out Uri url) =>
            Uri.TryCreate(text, UriKind.Absolute, out url!) && url.Scheme is "http" or "https"
            && url is { PathAndQuery: "/", Fragment: "", UserInfo: "" });

    /// <summary>Says that the value is not what is wanted.</summary>
    public void Refuse(string name, string text, string wanted) =>
        Refuse(name, $"\"{Shorten.ToOneLine(text)}\" is not {wanted}");

    /// <summary>Says what is wrong, without showing the value.</summary>
    public void Refuse(string name, string message) => _errors.Add($"{name}: {message}");
}
