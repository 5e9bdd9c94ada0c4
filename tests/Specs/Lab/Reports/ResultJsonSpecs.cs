using Specs.Repository;
using TinyResilient.Lab.Reports;
using TinyResilient.Lab.Results;
using Xunit;

namespace Specs.Lab.Reports;

public sealed class ResultJsonSpecs : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("tiny-result-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_file_is_as_somebody_found_it_good() => Approved.Is("result.approved.json", ResultJson.Text(Small()));

    [Fact]
    public void What_was_written_is_read_as_it_was()
    {
        var text = ResultJson.Text(Runs.Result);
        Assert.Null(ResultJson.Read(File(text), out var read));
        Assert.Equal(text, ResultJson.Text(read!));
        Assert.Equal(MarkdownReport.Of(Runs.Result), MarkdownReport.Of(read!));
    }

    [Fact]
    public void A_file_of_the_format_before_is_read_as_one_of_now()
    {
        Assert.Null(ResultJson.Read(File(Files.Read("tests/Specs/Lab/Reports/result.format2.json")), out var read));
        Assert.Equal(ResultJson.Text(Small()), ResultJson.Text(read!));
    }

    [Fact]
    public void A_report_is_read_by_its_folder_too()
    {
        File(ResultJson.Text(Small()));
        Assert.Null(ResultJson.Read(_folder, out var read));
        Assert.NotNull(read);
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public void A_file_cut_short_anywhere_is_said_to_be(double share)
    {
        var text = ResultJson.Text(Small());
        Assert.Contains("cut short", Problem(text[..(int)(share * text.Length)]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_short_at_a_brace_is_said_to_be()
    {
        var text = ResultJson.Text(Small());
        Assert.Contains("damaged or cut short at line", Problem(text[..(text[..^10].LastIndexOf('}') + 1)]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is no JSON object")]
    [InlineData("[]", "is no JSON object")]
    [InlineData("hello", "is no JSON object")]
    [InlineData("{}", "has no format")]
    [InlineData("{\"format\": \"1\"}", "its format is no number")]
    [InlineData("{\"format\": 7}", "has format 7; this lab reads formats 2 and 3")]
    [InlineData("{\"format\": 2}", "command")]
    public void What_is_not_ours_is_named(string text, string problem) => Assert.Contains(problem, Problem(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("\"name\": \"corrupt\"", "\"nom\": \"corrupt\"", "nom")]
    [InlineData("\"holds\"", "\"perhaps\"", "$.scenarios[0].claims[0].judgement")]
    [InlineData("\"seed\": 1", "\"seed\": \"one\"", "$.scenarios[0].arms[0].runs[0].seed")]
    [InlineData("\"id\": \"S7\"", "\"id\": null", "id")]
    [InlineData("\"q\": \"0.01\"", "\"q\": null", "$.scenarios[0].parameters.q is null")]
    [InlineData("\"burst\",", "null,", "$.left_out[0] is null")]
    public void A_wrong_place_is_named_in_one_line(string right, string wrong, string place)
    {
        var text = ResultJson.Text(Small());
        Assert.Contains(right, text, StringComparison.Ordinal);
        Assert.Contains(place, Problem(text.Replace(right, wrong, StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_said_not_to_exist() =>
        Assert.Equal($"{_folder}/nothing does not exist: no run has left its result there".Replace('/', Path.DirectorySeparatorChar),
            ResultJson.Read(Path.Combine(_folder, "nothing"), out _)!.Replace('/', Path.DirectorySeparatorChar));

    string Problem(string text)
    {
        var problem = ResultJson.Read(File(text), out var read);
        Assert.NotNull(problem);
        Assert.Null(read);
        Assert.DoesNotContain('\n', problem);
        Assert.StartsWith(_folder, problem, StringComparison.Ordinal);
        return problem;
    }

    string File(string text)
    {
        var path = Path.Combine(_folder, ResultJson.FileName);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    static RunResult Small()
    {
        var scenario = Runs.Result.Scenarios[0];
        return Runs.Result with
        {
            TookS = new Dictionary<string, double> { [scenario.Name] = Runs.Result.TookS[scenario.Name] },
            Scenarios = [scenario with { Arms = [scenario.Arms[0]], Charts = [Slides.CorruptSquare, Slides.RepairPoints with { Note = new(1, "a note") }, Slides.Short] }],
        };
    }
}
