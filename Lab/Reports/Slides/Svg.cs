using System.Globalization;
using System.Text;

namespace TinyResilient.Lab.Reports.Slides;

/// <summary>A rectangle of a slide, in its pixels.</summary>
readonly record struct Box(double Left, double Top, double Right, double Bottom)
{
    public double Width => Right - Left;

    public double Height => Bottom - Top;

    public double CentreX => (Left + Right) / 2;

    public double CentreY => (Top + Bottom) / 2;
}

/// <summary>
/// Writes SVG by hand: presentation attributes only, so that it also shows where no inline style is allowed; no ids, so that
/// many fit into one page; everything from outside escaped.
/// </summary>
sealed class Svg
{
    public const string Fonts = "Arial, Helvetica, 'Liberation Sans', 'DejaVu Sans', sans-serif";
    public const string Ink = "#222222";
    public const string Muted = "#555555";
    public const string Faint = "#DDDDDD";

    readonly StringBuilder _text = new();

    /// <param name="title">What somebody hears who does not see the slide.</param>
    public Svg(int width, int height, string title) => _text.Append(CultureInfo.InvariantCulture,
        $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" font-family="{Fonts}">
        <title>{Escape(title)}</title>
        <rect width="{width}" height="{height}" fill="#FFFFFF"/>

        """);

    public string End() => _text.Append("</svg>\n").ToString();

    public void Text(double x, double y, double size, string text, string anchor = "start", string colour = Ink, bool isBold = false) =>
        Add($"""<text x="{N(x)}" y="{N(y)}" font-size="{N(size)}" text-anchor="{anchor}" fill="{colour}"{(isBold ? " font-weight=\"bold\"" : "")}>{Escape(text)}</text>""");

    /// <summary>A number with its unit, which is smaller, together in the middle of <paramref name="x"/>.</summary>
    public void Giant(double x, double y, double size, string number, string unit) => Add(
        $"""<text x="{N(x)}" y="{N(y)}" font-size="{N(size)}" text-anchor="middle" fill="{Ink}" font-weight="bold">{Escape(number)}<tspan font-size="{N(size * Layout.UnitShare)}"> {Escape(unit)}</tspan></text>""");

    public void Line(double x1, double y1, double x2, double y2, string colour, double width, string? dash = null) =>
        Add($"""<line x1="{N(x1)}" y1="{N(y1)}" x2="{N(x2)}" y2="{N(y2)}" stroke="{colour}" stroke-width="{N(width)}"{Dash(dash)}/>""");

    public void Path(IEnumerable<(double X, double Y)> points, string colour, double width, string? dash = null) =>
        Add($"""<polyline points="{Points(points)}" fill="none" stroke="{colour}" stroke-width="{N(width)}" stroke-linejoin="round"{Dash(dash)}/>""");

    public void Area(IEnumerable<(double X, double Y)> points, string colour, double opacity) =>
        Add($"""<polygon points="{Points(points)}" fill="{colour}" fill-opacity="{opacity.ToString("0.##", CultureInfo.InvariantCulture)}"/>""");

    public void Outline(IEnumerable<(double X, double Y)> points, string fill, string stroke, double width) =>
        Add($"""<polygon points="{Points(points)}" fill="{fill}" stroke="{stroke}" stroke-width="{N(width)}"/>""");

    public void Circle(double x, double y, double radius, string fill, string stroke, double width) =>
        Add($"""<circle cx="{N(x)}" cy="{N(y)}" r="{N(radius)}" fill="{fill}" stroke="{stroke}" stroke-width="{N(width)}"/>""");

    public void Rectangle(Box box, string fill, string stroke = "none", double width = 0) =>
        Add($"""<rect x="{N(box.Left)}" y="{N(box.Top)}" width="{N(box.Width)}" height="{N(box.Height)}" fill="{fill}" stroke="{stroke}" stroke-width="{N(width)}"/>""");

    /// <summary>What is drawn until <see cref="EndClip"/> shows inside of the box only.</summary>
    public void Clip(Box box) =>
        Add($"""<svg x="{N(box.Left)}" y="{N(box.Top)}" width="{N(box.Width)}" height="{N(box.Height)}" viewBox="{N(box.Left)} {N(box.Top)} {N(box.Width)} {N(box.Height)}" overflow="hidden">""");

    public void EndClip() => Add("</svg>");

    /// <summary>Text for XML: escaped, and without the characters that XML does not know.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) // a lone surrogate comes as U+FFFD
            escaped.Append(rune.Value switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                < ' ' or (>= 0x7F and < 0xA0) or 0xFFFE or 0xFFFF => " ",
                _ => rune.ToString(),
            });
        return escaped.ToString();
    }

    static string Points(IEnumerable<(double X, double Y)> points) =>
        string.Join(' ', points.Select(point => $"{N(point.X)},{N(point.Y)}"));

    static string Dash(string? dash) => dash is null ? "" : $" stroke-dasharray=\"{dash}\"";

    static string N(double number) => Math.Round(number, 1).ToString("0.#", CultureInfo.InvariantCulture);

    void Add(string element) => _text.Append(element).Append('\n');
}
