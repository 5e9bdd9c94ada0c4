using System.Globalization;
using System.Xml.Linq;
using TinyResilient.Lab.Reports.Slides;
using Xunit;

namespace Specs.Lab.Reports;

/// <summary>Words on a slide, and from where to where they reach in the widest font.</summary>
sealed record PlacedText(string Words, double Size, bool IsBold, double Left, double Right, double Foot)
{
    // Coordinates are written with one decimal.
    const double Rounding = 0.2;

    public static List<PlacedText> Of(string svg) => [.. Named(XDocument.Parse(svg), "text").Select(Of)];

    /// <summary>No words reach over an edge of the slide or of the box that they begin in, or touch others.</summary>
    public static void AssertAllFit(string svg)
    {
        var texts = Of(svg);
        var boxes = Named(XDocument.Parse(svg), "rect").Skip(1) // the first is the paper
            .Select(box => new Box(Number(box, "x"), Number(box, "y"), Number(box, "x") + Number(box, "width"), Number(box, "y") + Number(box, "height"))).ToList();
        Assert.All(texts, text =>
        {
            Assert.InRange(text.Size, 26, 200);
            Assert.InRange(text.Left, 0, 1600);
            Assert.InRange(text.Right, 0, 1600);
            Assert.InRange(text.Foot, 30, 890);
            Assert.All(boxes.Where(text.IsIn), box => Assert.True(text.Left >= box.Left && text.Right <= box.Right, $"{text} runs out of {box}"));
        });
        foreach (var (index, one) in texts.Index())
            Assert.DoesNotContain(texts.Skip(index + 1), one.Touches);
    }

    bool IsIn(Box box) => Foot > box.Top && Foot < box.Bottom && (Left + Right) / 2 > box.Left && (Left + Right) / 2 < box.Right;

    // Digits and capitals are 0.73 high, and what hangs below the foot is small.
    bool Touches(PlacedText other)
    {
        var (upper, lower) = Foot < other.Foot ? (this, other) : (other, this);
        return lower.Foot - 0.73 * lower.Size < upper.Foot && Left < other.Right - Rounding && other.Left < Right - Rounding;
    }

    static PlacedText Of(XElement element)
    {
        var (x, size, isBold) = (Number(element, "x"), Number(element, "font-size"), element.Attribute("font-weight")?.Value == "bold");
        var width = element.Nodes().Sum(node => node is XElement part
            ? TextFit.Width(part.Value, Number(part, "font-size"), isBold)
            : TextFit.Width(((XText)node).Value, size, isBold));
        var left = element.Attribute("text-anchor")!.Value switch { "end" => x - width, "middle" => x - width / 2, _ => x };
        return new(element.Value, size, isBold, left, left + width, Number(element, "y"));
    }

    static IEnumerable<XElement> Named(XDocument svg, string name) => svg.Descendants().Where(element => element.Name.LocalName == name);

    static double Number(XElement element, string attribute) =>
        double.Parse(element.Attribute(attribute)?.Value ?? "0", CultureInfo.InvariantCulture);
}
