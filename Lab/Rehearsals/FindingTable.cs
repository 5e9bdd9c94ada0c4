namespace TinyResilient.Lab.Rehearsals;

/// <summary>All findings for people: a line each, and one that sums them up.</summary>
static class FindingTable
{
    /// <param name="colours">Beside the word, never in place of it.</param>
    public static string Of(IReadOnlyList<Finding> findings, bool colours)
    {
        var width = findings.Select(finding => finding.What.Length).DefaultIfEmpty(0).Max();
        var lines = findings.Select(finding => $"{Coloured(finding.Light, colours)}  {finding.What.PadRight(width)}  {finding.Reason}"
            + (finding.Remedy is { } remedy ? $": {remedy}" : ""));
        return string.Concat(lines.Append("").Append(Sum(findings)).Select(line => line + Environment.NewLine));
    }

    static string Sum(IReadOnlyList<Finding> findings)
    {
        var (red, unknown) = (findings.Count(finding => finding.Light == Light.Red), findings.Count(finding => finding.Light == Light.Unknown));
        return (red == 0 ? "All green" : $"{red} red of {findings.Count}") + (unknown == 0 ? "." : $"; {unknown} unknown: look at them yourself.");
    }

    static string Coloured(Light light, bool colours)
    {
        var (sign, colour) = light switch
        {
            Light.Green => ("✓ green  ", 32),
            Light.Red => ("✗ red    ", 31),
            _ => ("? unknown", 33),
        };
        return colours ? $"\e[{colour}m{sign}\e[0m" : sign;
    }
}
