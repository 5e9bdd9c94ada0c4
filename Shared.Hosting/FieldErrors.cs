namespace TinyResilient.Shared.Hosting;

/// <summary>What is wrong with a request, by field: the <c>errors</c> member of a problem.</summary>
public sealed class FieldErrors
{
    readonly Dictionary<string, List<string>> _messages = [];

    public bool Any => _messages.Count > 0;

    public bool Has(string field) => _messages.ContainsKey(Key(field));

    /// <summary>
    /// Adds a message that reads on from the field's name: <c>must be a number in 0..1, but is 7</c>. It is said once, also
    /// where several services say it.
    /// </summary>
    public FieldErrors Add(string field, string message)
    {
        if (!_messages.TryGetValue(Key(field), out var messages))
            _messages[Key(field)] = messages = [];
        if (!messages.Contains(message))
            messages.Add(message);
        return this;
    }

    public FieldErrors Add(FieldErrors others)
    {
        foreach (var (field, messages) in others._messages)
            messages.ForEach(message => Add(field, message));
        return this;
    }

    public IReadOnlyDictionary<string, string[]> ByField =>
        _messages.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray());

    public override string ToString() =>
        string.Join("; ", _messages.SelectMany(pair => pair.Value, (pair, message) => $"{pair.Key} {message}"));

    // A name that came from outside may be as long as a whole body.
    static string Key(string field) => Shorten.ToOneLine(field);
}
