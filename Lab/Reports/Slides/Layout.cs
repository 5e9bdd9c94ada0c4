namespace TinyResilient.Lab.Reports.Slides;

/// <summary>Sizes that are read from the last row, in pixels of a slide of 1600 x 900.</summary>
static class Layout
{
    public const int Width = 1600;
    public const int Height = 900;
    public const double Edge = 50;
    public const double LabelSize = 32;
    public const double TickSize = 30;
    public const double SmallSize = 26;

    /// <summary>Of a unit beside a giant number, as a share of its size.</summary>
    public const double UnitShare = 0.32;

    /// <summary>Between the feet of two lines of text, as a multiple of its size.</summary>
    public const double Leading = 1.2;
}
