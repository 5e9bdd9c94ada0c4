namespace TinyResilient.Lab.Reports.Slides;

/// <summary>What a giant number means, in a word with a shape and a colour of its own.</summary>
sealed record Grade(string Word, Shape Shape, string Colour)
{
    static readonly Grade works = new("works", Shape.Circle, "#228833");
    static readonly Grade limps = new("limps", Shape.Triangle, "#CCBB44");
    static readonly Grade fails = new("fails", Shape.Cross, "#EE6677");
    static readonly Grade most = new("the most", Shape.Triangle, "#4477AA");
    static readonly Grade least = new("the least", Shape.Downwards, "#AA3377");
    static readonly Grade between = new("between", Shape.Circle, "#BBBBBB");
    static readonly Grade none = new("no data", Shape.Square, "#BBBBBB");

    /// <summary>Of success: 98 % and more works, half and more limps. Of anything else: where it stands among the four.</summary>
    public static Grade Of(double value, bool isSuccess, IReadOnlyList<double> all)
    {
        if (!double.IsFinite(value))
            return none;
        if (isSuccess)
            return value >= 98 ? works : value >= 50 ? limps : fails;
        var known = all.Where(double.IsFinite).ToList();
        return known.Min() == known.Max() ? between : value == known.Max() ? most : value == known.Min() ? least : between;
    }
}
