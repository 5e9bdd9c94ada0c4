using TinyResilient.Lab.Virtual;
using Xunit;

namespace Specs.Lab.Virtual;

public class GoldenSpecs
{
    static readonly string body = $"errors, in virtual time\n{Golden.Versions}\n\nerrors / a\nrequests   2 sent\ndigest     5b1f\n\n";
    readonly Golden now = Golden.Sealed(body);

    [Fact]
    public void The_same_text_is_no_difference_also_where_lines_end_as_on_Windows() => Assert.Multiple(
        () => Assert.Empty(now.Differences("errors.txt", now.Text)),
        () => Assert.Empty(now.Differences("errors.txt", now.Text.ReplaceLineEndings("\r\n"))));

    [Fact]
    public void Other_versions_alone_are_no_difference() =>
        Assert.Empty(now.Differences("errors.txt", Golden.Sealed(body.Replace(Golden.Versions, ".NET 9", StringComparison.Ordinal)).Text));

    [Fact]
    public void What_has_changed_is_told_line_by_line_and_other_versions_with_it()
    {
        var kept = body.Replace("2 sent", "3 sent", StringComparison.Ordinal);
        string[] lines = ["- requests   3 sent", "+ requests   2 sent"];
        Assert.Equal(["errors.txt is no longer what happens:", .. lines], now.Differences("errors.txt", Golden.Sealed(kept).Text));
        kept = kept.Replace(Golden.Versions, ".NET 9", StringComparison.Ordinal);
        Assert.Equal([$"errors.txt is no longer what happens, with {Golden.Versions}:", .. lines], now.Differences("errors.txt", Golden.Sealed(kept).Text));
    }

    [Fact]
    public void A_file_that_is_missing_or_was_edited_says_so() => Assert.Multiple(
        () => Assert.Equal(["errors.txt is missing"], now.Differences("errors.txt", null)),
        () => Assert.Equal(["errors.txt was edited by hand: its sum is not that of its text"],
            now.Differences("errors.txt", now.Text.Replace("2 sent", "3 sent", StringComparison.Ordinal))));
}
