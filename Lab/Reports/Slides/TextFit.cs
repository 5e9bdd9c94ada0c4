namespace TinyResilient.Lab.Reports.Slides;

/// <summary>
/// How much room text takes, without a font at hand: as in DejaVu Sans, the widest of the fonts in <see cref="Svg.Fonts"/>, so that
/// it fits in all of them.
/// </summary>
static class TextFit
{
    const double Em = 2048;

    // Wider than nearly every letter of these fonts.
    const double Other = 1.25 * Em;

    // Advance widths of ' ' to '~' in units of the em, from the tables cmap and hmtx of DejaVuSans.ttf and DejaVuSans-Bold.ttf 2.37.
    static readonly int[] regular =
    [
        651, 821, 942, 1716, 1303, 1946, 1597, 563, 799, 799, 1024, 1716, 651, 739, 651, 690, 1303, 1303, 1303, 1303, 1303, 1303, 1303, 1303,
        1303, 1303, 690, 690, 1716, 1716, 1716, 1087, 2048, 1401, 1405, 1430, 1577, 1294, 1178, 1587, 1540, 604, 604, 1343, 1141, 1767, 1532,
        1612, 1235, 1612, 1423, 1300, 1251, 1499, 1401, 2025, 1403, 1251, 1403, 799, 690, 799, 1716, 1024, 1024, 1255, 1300, 1126, 1300, 1260,
        721, 1300, 1298, 569, 569, 1186, 569, 1995, 1298, 1253, 1300, 1300, 842, 1067, 803, 1298, 1212, 1675, 1212, 1212, 1075, 1303, 690,
        1303, 1716,
    ];

    static readonly int[] bold =
    [
        713, 934, 1067, 1716, 1425, 2052, 1786, 627, 936, 936, 1071, 1716, 778, 850, 778, 748, 1425, 1425, 1425, 1425, 1425, 1425, 1425, 1425,
        1425, 1425, 819, 819, 1716, 1716, 1716, 1188, 2048, 1585, 1561, 1503, 1700, 1399, 1399, 1681, 1714, 762, 762, 1587, 1305, 2038, 1714,
        1741, 1501, 1741, 1577, 1475, 1397, 1663, 1585, 2259, 1579, 1483, 1485, 936, 748, 936, 1716, 1024, 1024, 1382, 1466, 1214, 1466, 1389,
        891, 1466, 1458, 702, 702, 1362, 702, 2134, 1458, 1407, 1466, 1466, 1010, 1219, 979, 1458, 1335, 1892, 1321, 1335, 1192, 1458, 748,
        1458, 1716,
    ];

    static readonly string[] units = ["%", "ms", "s"];

    /// <returns>Pixels.</returns>
    public static double Width(string text, double size, bool isBold = false) =>
        size / Em * text.Sum(letter => Advance(letter, isBold ? bold : regular));

    /// <summary>Breaks at blanks, but not between a number and its unit; what does not fit into the last line is cut, and ends in an ellipsis.</summary>
    public static IReadOnlyList<string> Wrap(string text, double size, double width, int mostLines, bool isBold = false)
    {
        var words = Words(text);
        var lines = new List<string>();
        while (words.Count > 0 && lines.Count < mostLines - 1)
        {
            var line = words.Dequeue();
            while (words.TryPeek(out var next) && Width($"{line} {next}", size, isBold) <= width)
                line += " " + words.Dequeue();
            lines.Add(Cut(line, size, width, isBold));
        }
        if (words.Count > 0)
            lines.Add(Cut(string.Join(' ', words), size, width, isBold));
        return lines;
    }

    /// <summary>The same in as many lines, all about as long: none of a single word.</summary>
    public static IReadOnlyList<string> WrapEvenly(string text, double size, double width, int mostLines, bool isBold = false)
    {
        var lines = Wrap(text, size, width, mostLines, isBold);
        var whole = string.Join(' ', lines);
        for (var narrower = width - 10; lines.Count > 1 && narrower > 0; narrower -= 10)
        {
            var next = Wrap(text, size, narrower, lines.Count, isBold);
            if (string.Join(' ', next) != whole)
                break;
            lines = next;
        }
        return lines;
    }

    public static string Cut(string text, double size, double width, bool isBold = false)
    {
        if (Width(text, size, isBold) <= width)
            return text;
        var length = text.Length;
        while (length > 0 && Width(text[..length] + "…", size, isBold) > width)
            length--;
        if (length > 0 && char.IsHighSurrogate(text[length - 1]))
            length--;
        return text[..length].TrimEnd() + "…";
    }

    static Queue<string> Words(string text)
    {
        var words = new List<string>();
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            if (words.Count > 0 && char.IsDigit(words[^1][^1]) && units.Contains(word.TrimEnd(',', ';', ':', '.', ')')))
                words[^1] += " " + word;
            else
                words.Add(word);
        return new(words);
    }

    static double Advance(char letter, int[] widths) => letter switch
    {
        >= ' ' and <= '~' => widths[letter - ' '],
        '–' => Em / 2,
        '—' or '…' => Em,
        _ => Other,
    };
}
