using TinyResilient.Lab.Commands;
using TinyResilient.Lab.Reports;
using TinyResilient.Lab.Results;
using Xunit;

namespace Specs.Lab.Reports;

public sealed class ReportFolderSpecs : IDisposable
{
    readonly string _parent = Directory.CreateTempSubdirectory("tiny-report-").FullName;

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    string Report => Path.Combine(_parent, "deep", "report");

    [Fact]
    public void A_report_is_written_whole_with_all_its_files()
    {
        Assert.Null(Write(Report, Runs.Result));
        Assert.Equal(
            [
                "b-evil--b.csv", "corrupt-2x2.svg", "corrupt-curves.svg", "corrupt-rows.svg", "corrupt.csv", "errors.csv", "etc-passwd.svg",
                "report.html", "report.md", "result.json",
            ], Names(Report));
        Assert.Equal(["report"], Names(Path.Combine(_parent, "deep")));
    }

    [Fact]
    public void A_report_of_ours_is_replaced()
    {
        Assert.Null(Write(Report, Runs.Result));
        Assert.Null(ReportFolder.Obstacle(Report));
        Assert.Null(Write(Report, Runs.Result with { Scenarios = [Runs.Result.Scenarios[1]] }));
        Assert.Equal(["corrupt-rows.svg", "errors.csv", "report.html", "report.md", "result.json"], Names(Report));
    }

    [Fact]
    public void An_empty_folder_is_taken()
    {
        Directory.CreateDirectory(Report);
        Assert.Null(Write(Report, Runs.Result));
        Assert.Contains("report.html", Names(Report));
    }

    [Theory]
    [InlineData("holiday.png", "")]
    [InlineData("result.json", "{}")]
    public void A_folder_with_other_things_is_refused_and_left_as_it_is(string name, string text)
    {
        Directory.CreateDirectory(Report);
        File.WriteAllText(Path.Combine(Report, name), text);
        Assert.Contains("name a new folder", ReportFolder.Obstacle(Report), StringComparison.Ordinal);
        Assert.Contains("name a new folder", Write(Report, Runs.Result), StringComparison.Ordinal);
        Assert.Equal([name], Names(Report));
    }

    [Theory]
    [InlineData("notes.txt")]
    [InlineData("holiday.png")]
    public void A_report_to_which_something_was_added_is_refused(string name)
    {
        Assert.Null(Write(Report, Runs.Result));
        File.WriteAllText(Path.Combine(Report, name), "mine");
        Assert.Equal($"{Report} also holds {name}, which is no part of a report: name a new folder", Write(Report, Runs.Result));
        Assert.Contains(name, Names(Report));
    }

    [Fact]
    public void A_file_in_the_place_is_refused()
    {
        var file = Path.Combine(_parent, "file");
        File.WriteAllText(file, "mine");
        Assert.Equal($"{file} is a file: name a folder for the report", Write(file, Runs.Result));
        var below = Path.Combine(file, "below", "deep");
        Assert.Equal($"{below} cannot be made: {file} is a file", ReportFolder.Obstacle(below));
        Assert.Equal("mine", File.ReadAllText(file));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void A_place_that_cannot_be_is_told_in_one_line(string place)
    {
        Assert.Equal($"\"{place.Replace('\0', '?')}\" names no folder", ReportFolder.Obstacle(place));
        Assert.DoesNotContain('\n', Write(place, Runs.Result)!);
    }

    [Fact]
    public void A_place_that_takes_no_folder_is_told_without_the_name_of_a_draft()
    {
        if (!OperatingSystem.IsLinux())
            return; // not even root makes a folder in /proc there
        Assert.StartsWith("/proc/x cannot be made: ", ReportFolder.Obstacle("/proc/x"), StringComparison.Ordinal);
        Assert.DoesNotContain("draft", ReportFolder.Obstacle("/proc/x"), StringComparison.Ordinal);
        Assert.DoesNotContain("draft", Write("/proc/x", Runs.Result), StringComparison.Ordinal);
    }

    [Fact]
    public void Who_may_not_write_is_told_where_and_what_to_do() => Assert.Equal(
        "/reports/corrupt cannot be made: this user may not write to /reports; ask its owner",
        ReportFolder.Denied("/reports/corrupt", "/reports", new UnauthorizedAccessException("Access to the path '/reports/corrupt.draft-7' is denied."), "; ask its owner"));

    [Fact]
    public void A_place_that_takes_no_folder_is_told_with_what_to_do() => Assert.Equal(
        "reports/e cannot be made: /app takes no new folder; elsewhere",
        ReportFolder.Denied("reports/e", "/app", new IOException("Read-only file system : '/app/reports.draft-7'"), "; elsewhere"));

    [Theory]
    [InlineData("/reports/corrupt", "/reports", "; ./reports must belong to user 1000, or to the one that LAB_USER=$(id -u):$(id -g) names")]
    [InlineData("reports/e", "/reports", "; reports go to /reports here, as without --out")]
    [InlineData("reports/e", null, "")]
    public void In_a_container_what_to_do_depends_on_the_place(string place, string? reports, string cure) =>
        Assert.Equal(cure, RunCommand.Cure(place, reports));

    [Fact]
    public void Asking_for_obstacles_leaves_nothing_behind()
    {
        Assert.Null(ReportFolder.Obstacle(Path.Combine(_parent, "new", "report")));
        Assert.Empty(Names(_parent));
    }

    static string? Write(string directory, RunResult result) => ReportFolder.Write(directory, result, withPictures: false);

    static List<string> Names(string folder) =>
        [.. Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
}
