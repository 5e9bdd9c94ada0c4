using System.Text.RegularExpressions;
using TinyResilient.ServiceA;
using TinyResilient.ServiceB;
using TinyResilient.Shared.Hosting;
using Xunit;

namespace Specs.Repository;

// What the documents name must exist, and be as they say.
public partial class DocumentSpecs
{
    static readonly IReadOnlyList<Knob> Knobs = [.. WorkKnobs.All.Concat(GatewayKnobs.All).DistinctBy(knob => knob.Name)];

    public static TheoryData<string> Documents => [.. Files.All(".md")];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_to_a_file_leads_to_one(string document)
    {
        var folder = Path.GetDirectoryName(document)!;
        var links = Link().Matches(Files.Read(document)).Select(match => match.Groups[1].Value)
            .Where(link => !link.StartsWith("http", StringComparison.Ordinal) && !link.StartsWith('#'))
            .Select(link => link.Split('#')[0]);
        Assert.All(links, link => Assert.True(Files.Exist(Path.Combine(folder, link)), $"{document} links to {link}"));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_path_in_code_type_exists(string document)
    {
        var paths = PathInCode().Matches(Files.Read(document)).Select(match => match.Groups[1].Value);
        Assert.All(paths, path => Assert.True(Files.Exist(path), $"{document} names {path}"));
    }

    [Fact]
    public void Every_promise_names_a_file_and_a_spec_that_exist()
    {
        var sources = string.Concat(Files.All(".cs")
            .Where(file => file.StartsWith("tests/", StringComparison.Ordinal)).Select(Files.Read));
        var promises = Row().Matches(Files.Read("docs/promises.md")).Select(row => row.Groups).ToList();
        Assert.True(promises.Count >= 20);
        Assert.All(promises, promise =>
        {
            Assert.True(Files.Exist(promise["file"].Value), promise["file"].Value);
            Assert.Contains($" {promise["spec"].Value}(", sources, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_knob_table_of_the_readme_is_complete_and_right()
    {
        var rows = KnobRow().Matches(Files.Read("README.md"))
            .ToDictionary(row => row.Groups["name"].Value, row => row.Groups);
        Assert.Equal(Knobs.Select(knob => knob.Name).Order(), rows.Keys.Order());
        Assert.All(Knobs, knob =>
        {
            var row = rows[knob.Name];
            Assert.Equal(FormattableString.Invariant($"{knob.DefaultValue}"), row["default"].Value, ignoreCase: true);
            Assert.Equal(knob.Range, row["range"].Value);
        });
    }

    [Fact]
    public void Every_knob_that_a_document_sets_exists()
    {
        var names = Knobs.Select(knob => knob.Name).ToList();
        foreach (var document in Files.All(".md"))
        {
            var set = KnobInCommand().Matches(Files.Read(document)).Select(match => match.Groups[1].Value);
            Assert.All(set, name => Assert.Contains(name, names));
        }
    }

    [Fact]
    public void Every_setting_that_the_readme_names_is_read_and_every_one_that_is_read_is_named()
    {
        var named = Setting().Matches(Files.Read("README.md")).Select(match => match.Groups[1].Value)
            .Where(name => name.Contains('_', StringComparison.Ordinal)).Distinct()
            .Except(Knobs.Select(knob => knob.Name));
        var read = Files.All(".cs").Where(file => !file.StartsWith("tests/", StringComparison.Ordinal))
            .SelectMany(file => ReadSetting().Matches(Files.Read(file)).Select(match => match.Groups[1].Value)).Distinct()
            .Except(Knobs.Concat(GatewayKnobs.OfOneLane).Select(knob => knob.Name));
        Assert.Equal(read.Order(), named.Order());
    }

    [Fact]
    public void The_readme_has_its_first_screen_before_all_else()
    {
        var firstScreen = Files.Read("README.md").Split("\n## ")[0];
        Assert.Contains("?", firstScreen.Split('\n')[2], StringComparison.Ordinal); // it asks its question
        foreach (var what in (string[])["docker compose up --build", "dotnet run --project Lab", "curl", "--rps 20 --seconds 10",
            "=== load test summary ===", "kill service-b"])
            Assert.Contains(what, firstScreen, StringComparison.Ordinal);
        Assert.DoesNotContain("img.shields.io", firstScreen, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"`((?:Service[AB]|Shared\.\w+|LoadTest|Lab|tests|docs|benchmarks|observability)/[\w./-]*)`")]
    private static partial Regex PathInCode();

    [GeneratedRegex(@"^\|[^|]+\|[^|]+\| `(?<file>[^`]+)` \| `(?<spec>\w+)` \|\r?$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^\| `(?<name>[A-Z_]+)` \| [AB, ]+ \| (?<default>[^|]+?) \| (?<range>[^|]+?) \|[^|]+\|\r?$", RegexOptions.Multiline)]
    private static partial Regex KnobRow();

    [GeneratedRegex(@"`([A-Z][A-Z_]*[A-Z])`")]
    private static partial Regex Setting();

    [GeneratedRegex(@"""((?:HTTP|REMOTE|CLUSTER|SERVICE|CONTROL|ALLOWED|LOG|EXIT|LOADTEST|TINY)_[A-Z_]+)""")]
    private static partial Regex ReadSetting();

    [GeneratedRegex(@"(?:tiny set|""|--env|-e) ?([A-Z]+_[A-Z_]+)(?:=|"":)")]
    private static partial Regex KnobInCommand();
}
