namespace TinyResilient.Lab.Results;

/// <summary>How a chart is drawn.</summary>
enum ChartKind
{
    /// <summary>Lines over a continuous axis: prediction thin, measurement thick, its interval as a band.</summary>
    Curves,

    /// <summary>One row for each arm: the measured point with its interval, prediction as a hollow mark.</summary>
    Rows,

    /// <summary>Points with intervals on a predicted line.</summary>
    Points,

    /// <summary>Four giant numbers in two rows and two columns.</summary>
    Square,
}

/// <summary>
/// A slide: what to draw, not how. The title states the finding with its number; the caption has seeds, n and the
/// command that reproduces it.
/// </summary>
/// <param name="Name">File name without ending.</param>
/// <param name="LogX">Whether the horizontal axis is logarithmic.</param>
/// <param name="MaxY">Top of the vertical axis; null: from the data.</param>
/// <param name="Note">One annotation, at a place of the horizontal axis.</param>
/// <param name="Least">In rows: less than this cannot be told apart, and reads as less than it; null: everything can.</param>
sealed record Chart(
    string Name, ChartKind Kind, string Title, string Caption, string LabelX, string LabelY,
    IReadOnlyList<Series> Series, bool LogX = false, double? MaxY = null, ChartNote? Note = null, double? Least = null);

/// <summary>One line, or one group of points.</summary>
/// <param name="Label">At the end of the line.</param>
/// <param name="Tone">Which colour, dash and shape, counted from 0; the same policy has the same tone in all charts.</param>
/// <param name="Measured">Points with their interval over seeds.</param>
/// <param name="Theory">The predicted line; empty where there is none.</param>
/// <param name="Law">Where the predicted line comes from; null where there is none.</param>
sealed record Series(string Label, int Tone, IReadOnlyList<Point> Measured, IReadOnlyList<Point> Theory, Law? Law = null);

/// <summary>What predicts a line.</summary>
enum LawKind
{
    /// <summary>A formula that holds for the very numbers that are drawn.</summary>
    Formula,

    /// <summary>The simulation.</summary>
    Model,
}

/// <summary>Where a predicted line comes from.</summary>
/// <param name="Words">The formula, or what of the simulation it is, for a caption.</param>
sealed record Law(LawKind Kind, string Words);

/// <summary>A point; in rows and squares only Y, the value, counts.</summary>
/// <param name="Low">Lower end of the interval over seeds; null: one seed, or theory.</param>
/// <param name="High">Upper end.</param>
sealed record Point(double X, double Y, double? Low = null, double? High = null);

/// <summary>One sentence at one place.</summary>
sealed record ChartNote(double X, string Text);
