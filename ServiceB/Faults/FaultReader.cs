using System.Text.Json;
using System.Text.Json.Nodes;
using TinyResilient.Shared.Hosting;

namespace TinyResilient.ServiceB.Faults;

/// <summary>
/// Reads the body of <c>PUT /faults</c>, and finds everything that is wrong with it; shows faults in the same form, so that
/// what is shown can be put back.
/// </summary>
public static class FaultReader
{
    const int Most = 100;

    // Shown with each fault, and passed over when put back
    static readonly string[] shownOnly = ["name", "active"];

    /// <summary>The faults, or an empty list where something is wrong.</summary>
    /// <param name="workers">Of each pool: there are no others that a fault could strike.</param>
    public static IReadOnlyList<Fault> Read(JsonElement body, int workers, FieldErrors errors)
    {
        if (body.ValueKind != JsonValueKind.Array)
        {
            errors.Add(JsonBody.Field, $"must be a list of faults, but is {Json.Seen(body)}");
            return [];
        }
        if (body.GetArrayLength() > Most)
        {
            errors.Add(JsonBody.Field, $"must have at most {Most} faults");
            return [];
        }
        var faults = new List<Fault>();
        foreach (var (json, index) in body.EnumerateArray().Select((json, index) => (json, index)))
            if (ReadOne(json, $"[{index}]", faults, workers, errors) is { } fault)
                faults.Add(fault);
        return errors.Any ? [] : faults;
    }

    public static JsonObject Show(Fault fault, bool isActive)
    {
        var shown = new JsonObject
        {
            ["kind"] = fault.Kind.Word(),
        };
        foreach (var parameter in FaultCatalogue.ParametersOf(fault.Kind))
            shown[parameter.Name] = JsonSerializer.SerializeToNode(parameter.Show(fault), Json.Options);
        shown["name"] = fault.Name;
        shown["active"] = isActive;
        return shown;
    }

    static Fault? ReadOne(JsonElement json, string at, List<Fault> before, int workers, FieldErrors errors)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            errors.Add(at, $"must be an object with a kind, but is {Json.Seen(json)}");
            return null;
        }
        if (ReadKind(json, at, errors) is not { } kind)
            return null;
        var same = before.Count(fault => fault.Kind == kind);
        var fault = new Fault(kind, same == 0 ? kind.Word() : $"{kind.Word()}#{same + 1}");
        var parameters = FaultCatalogue.ParametersOf(kind);
        var seen = new HashSet<string>();
        foreach (var field in json.EnumerateObject())
        {
            var parameter = parameters.FirstOrDefault(one => one.Name == field.Name);
            if (!seen.Add(field.Name))
                errors.Add($"{at}.{field.Name}", "is given more than once");
            else if (parameter is null)
                RefuseUnknown(field.Name, at, kind, parameters, errors);
            else if (parameter.Read(fault, field.Value) is { } changed)
                fault = changed;
            else
                errors.Add($"{at}.{field.Name}", $"must be {parameter.Wanted}, but is {Json.Seen(field.Value)}");
        }
        if (fault.Worker >= workers)
            errors.Add($"{at}.worker", $"must be in 0..{workers - 1}, or null, as WORKERS is {workers}, but is {fault.Worker}");
        return fault;
    }

    static FaultKind? ReadKind(JsonElement json, string at, FieldErrors errors)
    {
        var field = $"{at}.kind";
        var kinds = string.Join(", ", Words.All<FaultKind>());
        if (!json.TryGetProperty("kind", out var word))
            errors.Add(field, $"is missing; must be one of {kinds}");
        else if (word.ValueKind != JsonValueKind.String)
            errors.Add(field, $"must be one of {kinds}, but is {Json.Seen(word)}");
        else if (Words.TryParse<FaultKind>(word.GetString()!, out var kind))
            return kind;
        else
            errors.Add(field, $"is no kind of fault: {Json.Seen(word)}; "
                + (Nearest.To(word.GetString()!, Words.All<FaultKind>()) is { } near ? $"did you mean {near}?" : $"there are {kinds}"));
        return null;
    }

    static void RefuseUnknown(
        string name, string at, FaultKind kind, IReadOnlyList<FaultParameter> parameters, FieldErrors errors)
    {
        if (name == "kind" || shownOnly.Contains(name))
            return;
        var names = parameters.Select(one => one.Name);
        errors.Add($"{at}.{name}", $"is not a parameter of {kind.Word()}; "
            + (Nearest.To(name, names) is { } near ? $"did you mean {near}?" : $"there are {string.Join(", ", names)}"));
    }
}
