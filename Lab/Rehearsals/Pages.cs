using System.Reflection;

namespace TinyResilient.Lab.Rehearsals;

/// <summary>All that Lab gives to a browser: the stage's pages and what a report is made of.</summary>
static class Pages
{
    static readonly string[] endings = [".html", ".css", ".js", ".svg"];

    public static IReadOnlyList<(string Name, string Text)> All()
    {
        var own = Assembly.GetExecutingAssembly();
        return [.. own.GetManifestResourceNames().Where(name => endings.Contains(Path.GetExtension(name))).Select(name => (name, Text(own, name)))];
    }

    static string Text(Assembly own, string name)
    {
        using var reader = new StreamReader(own.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
