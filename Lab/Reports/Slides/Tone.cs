using System.Globalization;

namespace TinyResilient.Lab.Reports.Slides;

/// <summary>
/// How a policy looks in every chart: colour, dash and shape together, so that it is told apart in greyscale too.
/// The colours are Paul Tol's bright scheme.
/// </summary>
sealed record Tone(string Colour, string? Dash, Shape Shape)
{
    static readonly string[] colours = ["#4477AA", "#EE6677", "#228833", "#AA3377", "#CCBB44", "#66CCEE", "#BBBBBB"];
    static readonly string?[] dashes = [null, "22 9", "5 8", "22 8 5 8", "34 8", "14 6", "22 7 5 7 5 7"];

    public static Tone Of(int number)
    {
        // From the second round on a colour comes with another dash and shape than in the first.
        var (round, place) = (Math.Abs(number) / colours.Length, Math.Abs(number) % colours.Length);
        var other = (place + round) % colours.Length;
        return new(colours[place], dashes[other], (Shape)other);
    }

    /// <summary>For thin lines that must show on a thick one of the same tone.</summary>
    public string Dark => "#" + string.Concat(Convert.FromHexString(Colour.AsSpan(1))
        .Select(part => (part / 2).ToString("X2", CultureInfo.InvariantCulture)));
}

/// <summary>The mark of a measured point.</summary>
enum Shape { Circle, Square, Triangle, Diamond, Downwards, Cross, Star }

static class Marks
{
    public static void Mark(this Svg svg, Shape shape, double x, double y, double radius, string fill, string stroke = Svg.Ink, double width = 2)
    {
        if (shape == Shape.Circle)
            svg.Circle(x, y, radius, fill, stroke, width);
        else
            svg.Outline(Corners(shape).Select(corner => (x + radius * corner.X, y + radius * corner.Y)), fill, stroke, width);
    }

    /// <summary>Towards smaller values than the axis can show.</summary>
    public static void LeftArrow(this Svg svg, double x, double y, double radius, string fill) =>
        svg.Outline([(x - radius, y), (x + radius, y - radius), (x + radius, y + radius)], fill, Svg.Ink, 2);

    static IEnumerable<(double X, double Y)> Corners(Shape shape) => shape switch
    {
        Shape.Square => [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
        Shape.Triangle => [(0, -1.15), (1.05, 0.8), (-1.05, 0.8)],
        Shape.Downwards => [(0, 1.15), (1.05, -0.8), (-1.05, -0.8)],
        Shape.Diamond => [(0, -1.25), (1.25, 0), (0, 1.25), (-1.25, 0)],
        Shape.Cross =>
        [
            (-1, -0.4), (-0.4, -0.4), (-0.4, -1), (0.4, -1), (0.4, -0.4), (1, -0.4),
            (1, 0.4), (0.4, 0.4), (0.4, 1), (-0.4, 1), (-0.4, 0.4), (-1, 0.4),
        ],
        _ => Enumerable.Range(0, 10).Select(corner => (Length: corner % 2 == 0 ? 1.25 : 0.55, Angle: corner * Math.PI / 5))
            .Select(corner => (corner.Length * Math.Sin(corner.Angle), -corner.Length * Math.Cos(corner.Angle))),
    };
}
