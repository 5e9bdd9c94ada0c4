using System.Text.RegularExpressions;
using TinyResilient.Lab.Reports.Slides;
using Xunit;

namespace Specs.Repository;

// What a browser would not complain about before somebody looks: the pages as files.
public partial class StagePageSpecs
{
    const string Folder = "Lab/Stage/page/";

    static IEnumerable<(string File, string Text)> Pages => Directory.EnumerateFiles(Path.Combine(Files.Root, Folder))
        .Select(path => (Path.GetFileName(path), File.ReadAllText(path)));

    [Fact]
    public void Every_key_is_in_the_readme_with_what_it_does()
    {
        var section = Files.Read("README.md").Split("\n## ").Single(part => part.StartsWith("The stage", StringComparison.Ordinal))
            .ReplaceLineEndings(" ");
        var keys = Files.Read(Folder + "keys.js");
        var told = Key().Matches(keys).Select(key => $"`{key.Groups["key"]}` {key.Groups["words"]}")
            .Concat(FaultKey().Matches(keys).Select(key => $"`{key.Groups["key"]}` {key.Groups["fault"]}")).ToList();
        Assert.True(told.Count >= 30);
        Assert.All(told, one => Assert.Contains(one, section, StringComparison.Ordinal));
    }

    [Fact]
    public void No_key_means_two_things_on_one_page()
    {
        var keys = Files.Read(Folder + "keys.js");
        var all = Key().Matches(keys).Select(key => (Key: key.Groups["key"].Value, Page: key.Groups["page"].Value))
            .Concat(FaultKey().Matches(keys).Select(key => (Key: key.Groups["key"].Value, Page: ""))).ToList();
        foreach (var page in (string[])["presenter", "stage"])
            Assert.Distinct(all.Where(one => one.Page == "" || one.Page == page).Select(one => one.Key));
    }

    [Fact]
    public void Every_file_that_is_loaded_is_there()
    {
        foreach (var (file, text) in Pages)
            Assert.All(Loaded().Matches(text).Select(load => load.Groups[1].Value), name => Assert.True(
                Files.Exist(Folder + name) || Files.Exist("Lab/Reports/vendor/" + name), $"{file} loads {name}"));
    }

    [Fact]
    public void No_other_host_is_asked_and_no_text_becomes_markup()
    {
        foreach (var (file, text) in Pages)
            Assert.False(Forbidden().IsMatch(text), $"{file}: {Forbidden().Match(text).Value}");
    }

    [Fact]
    public void The_tones_are_those_of_the_reports()
    {
        var tones = Hex().Matches(Files.Read(Folder + "tones.js")).Select(tone => tone.Value).ToList();
        Assert.Equal(7, tones.Count);
        Assert.All(tones.Index(), tone => Assert.Equal(Tone.Of(tone.Index).Colour, tone.Item));
    }

    [GeneratedRegex("""\{ key: "(?<key>[^"]+)", does: "\w+", words: "(?<words>[^"]+)"(?:, page: "(?<page>\w+)")? \}""")]
    private static partial Regex Key();

    [GeneratedRegex("""\["(?<key>[A-Z])", "(?<fault>\w+)"\]""")]
    private static partial Regex FaultKey();

    [GeneratedRegex("""(?:from "\./|"/assets/)([\w.-]+)""")]
    private static partial Regex Loaded();

    // An address of another host (names of XML are none), markup made of text, and what the pages' policy would refuse
    [GeneratedRegex("""(?:src|href|import|fetch|url)\W{1,3}(?:https?:)?//|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(| style="| on[a-z]+="|<script>""")]
    private static partial Regex Forbidden();

    [GeneratedRegex("#[0-9A-F]{6}")]
    private static partial Regex Hex();
}
