using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Reports.Slides;

/// <summary>Where the predicted lines of a chart come from, as a sentence for its caption.</summary>
static class Reading
{
    const string MeasuredOnly = "measured only";

    /// <summary>Empty where nothing is predicted.</summary>
    public static string Of(Chart chart)
    {
        var isRows = chart.Kind == ChartKind.Rows; // elsewhere a line without a prediction has it beside it
        var groups = chart.Series.Where(series => isRows || series.Theory.Count > 0).GroupBy(Words).Select(group => (Words: group.Key, Arms: group.Select(ArmRow.NameOf).Distinct().ToList()))
            .OrderBy(group => group.Arms.Count).ToList(); // the most last: they are all that is left
        if (groups.All(group => group.Words == MeasuredOnly))
            return "";
        return string.Join("; ", groups.Select((group, index) =>
            groups.Count == 1 ? group.Words
            : index < groups.Count - 1 ? $"{group.Words} ({string.Join("; ", group.Arms)})"
            : $"{group.Words} ({(group.Arms.Count == 1 ? group.Arms[0] : "all others")})"));
    }

    static string Words(Series series) => series.Theory.Count == 0 ? MeasuredOnly
        : series.Law is { } law ? $"{PredictedLook.Word(law)}: {law.Words}" : PredictedLook.Word(null);
}
