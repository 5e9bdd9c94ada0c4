using Specs.Lab.Stage;
using TinyResilient.Lab.Rehearsals;
using TinyResilient.Lab.Stage;
using Xunit;

namespace Specs.Lab.Rehearsals;

public sealed class RecordingCheckSpecs : IDisposable
{
    readonly string _file = Path.Combine(Path.GetTempPath(), $"tiny-recording-{Guid.NewGuid():N}.jsonl.gz");

    public void Dispose() => File.Delete(_file);

    void Record()
    {
        var (writer, complaint) = RecordingWriter.Create(_file, Recorder.HeaderOf(Show.Origin, TimeProvider.System));
        Assert.Null(complaint);
        using (new Recorder(writer!, new Show(), line => Assert.Fail(line), TimeProvider.System))
        {
        }
    }

    [Fact]
    public void A_whole_recording_is_green_and_says_what_shows_it()
    {
        Record();
        var finding = RecordingCheck.Of(_file, TimeProvider.System);
        Assert.Equal(Light.Green, finding.Light);
        Assert.EndsWith($"by ./tiny replay {_file}", finding.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void One_without_its_end_is_red()
    {
        Record();
        using (var file = File.OpenWrite(_file))
            file.SetLength(file.Length - 20);
        Assert.Equal(Light.Red, RecordingCheck.Of(_file, TimeProvider.System).Light);
    }

    [Fact]
    public void None_is_red() => Assert.Equal(
        Finding.Red("recording", $"there is no file {_file}", "rehearse again"), RecordingCheck.Of(_file, TimeProvider.System));

    [Fact]
    public void A_file_that_is_there_is_kept()
    {
        Record();
        Assert.Equal(Light.Red, RecordingCheck.Obstacle(_file)!.Light);
        Assert.Null(RecordingCheck.Obstacle(_file + "2"));
    }
}
