using TinyResilient.Lab.Processes;
using Xunit;

namespace Specs.Lab;

public sealed class RunFileSpecs : IDisposable
{
    static readonly LabProcesses some = new(
        new(100, "lab's start"),
        new Dictionary<string, ProcessIdentity>
        {
            ["service-a"] = new(101, "a's start"),
            ["service-b"] = new(102, "b's start"),
        });

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tiny-specs-");
    readonly RunFile _file;

    public RunFileSpecs() => _file = new(_folder.FullName, 8000);

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_was_written_is_read()
    {
        _file.TryWrite(some);

        var read = _file.Read()!;
        Assert.Equal(some.Lab, read.Lab);
        Assert.Equal(some.Services, read.Services);
    }

    [Fact]
    public void The_newest_wins_and_nothing_else_is_left()
    {
        _file.TryWrite(some);
        _file.TryWrite(some with { Services = new Dictionary<string, ProcessIdentity>() });

        Assert.Empty(_file.Read()!.Services);
        Assert.Equal([_file.FilePath], _folder.GetFiles().Select(file => file.FullName));
    }

    [Fact]
    public void Labs_on_other_ports_have_files_of_their_own()
    {
        _file.TryWrite(some);

        Assert.Null(new RunFile(_folder.FullName, 9000).Read());
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_one_line()
    {
        var complaint = new RunFile(Path.Combine(_folder.FullName, "missing"), 8000).TryWrite(some)!;

        Assert.Contains("cannot be written, and kill, pause and resume need it", complaint, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", complaint, StringComparison.Ordinal);
    }

    [Fact]
    public void Deleted_is_gone_and_may_be_deleted_again()
    {
        _file.TryWrite(some);
        _file.Delete();
        _file.Delete();

        Assert.Null(_file.Read());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"Lab":null,"Services":null}""")]
    [InlineData("""{"Lab":{"Pid":1,"Started":"x"},"Services":{"service-b":null}}""")]
    public void A_damaged_file_is_no_file(string damaged)
    {
        _file.TryWrite(some);
        File.WriteAllText(_file.FilePath, damaged);

        Assert.Null(_file.Read());
    }

    [Fact]
    public void Nobody_else_may_read_or_write_it_and_a_file_that_others_may_write_is_not_believed()
    {
        if (OperatingSystem.IsWindows())
            return; // the temporary folder is the user's own there

        _file.TryWrite(some);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_file.FilePath));

        File.SetUnixFileMode(_file.FilePath, File.GetUnixFileMode(_file.FilePath) | UnixFileMode.OtherWrite);
        Assert.Null(_file.Read());
    }
}
