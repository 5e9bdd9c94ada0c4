using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using TinyResilient.Lab.Stage;
using TinyResilient.Shared.Hosting;
using Xunit;

namespace Specs.Lab.Stage;

public sealed class RecordingSpecs : IDisposable
{
    readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 27, 20, 0, 0, TimeSpan.Zero));
    readonly MemoryStream file = new();
    readonly Show show = new();
    readonly List<string> said = [];

    public void Dispose() => file.Dispose();

    Recorder Record(long mostBytes = Recorder.MostBytes) =>
        new(new RecordingWriter(file, Recorder.HeaderOf(Show.Origin, time)), show, said.Add, time, mostBytes);

    void Pass(int ticks)
    {
        for (var tick = 0; tick < ticks; tick++)
            time.Advance(TimeSpan.FromMilliseconds(250));
    }

    static List<RecordingLine> Lines(byte[] bytes)
    {
        using var reader = RecordingReader.Open(new MemoryStream(bytes), "it");
        var lines = new List<RecordingLine>();
        while (reader.Next() is { } line)
            lines.Add(line);
        return lines;
    }

    static byte[] Zipped(string text)
    {
        var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Fastest))
            zip.Write(Encoding.UTF8.GetBytes(text));
        return bytes.ToArray();
    }

    [Fact]
    public void A_frame_is_read_as_it_was_shown()
    {
        using (Record())
            Pass(1);
        var lines = Lines(file.ToArray());
        Assert.Equal([0L, 250], lines.Where(line => line.Frame is not null).Select(line => line.AtMs));
        Assert.Equal(
            JsonSerializer.Serialize(show.Frame, Json.Options),
            JsonSerializer.Serialize(lines.First(line => line.Frame is not null).Frame, Json.Options));
        Assert.Equal(JsonSerializer.Serialize(show.Setup, Json.Options), JsonSerializer.Serialize(lines.Single(line => line.Setup is not null).Setup, Json.Options));
        Assert.Equal(new RecordingEnd(null), lines[^1].End);
        Assert.Empty(said);
    }

    [Fact]
    public void The_first_line_says_with_what_where_and_when_it_was_recorded()
    {
        Record().Dispose();
        using var reader = RecordingReader.Open(new MemoryStream(file.ToArray()), "it");
        Assert.Equal(new RecordingHeader("TinyResilient stage", 1, time.GetUtcNow(), Show.Origin), reader.Header);
    }

    [Fact]
    public void Marks_and_finished_arms_are_written_when_there_are_others()
    {
        using (Record())
        {
            Pass(2);
            show.History = show.History with { Arms = [Show.Arm] };
            show.Frame = show.Frame with { Arms = 1 };
            Pass(2);
        }
        var kept = Assert.Single(Lines(file.ToArray()), line => line.Kept is not null);
        Assert.Equal((750, "retries, restarted"), (kept.AtMs, kept.Kept!.Arms.Single().Arm));
    }

    [Fact]
    public void What_was_flushed_is_there_when_the_process_is_killed()
    {
        using var recorder = Record();
        Pass(9);
        var frames = Lines(file.ToArray()).Count(line => line.Frame is not null); // the file as it is at this moment
        Assert.InRange(frames, 7, 10);
    }

    [Fact]
    public void A_file_cut_anywhere_is_read_up_to_its_last_whole_line()
    {
        using (Record())
            Pass(40);
        var whole = file.ToArray();
        var before = 0;
        foreach (var length in Enumerable.Range(5, 5).Select(tenth => whole.Length * tenth / 10))
        {
            var frames = Lines(whole[..length]).Count(line => line.Frame is not null);
            Assert.InRange(frames, before, 41);
            before = frames;
        }
        Assert.InRange(before, 10, 40);
    }

    [Fact]
    public void Ends_by_itself_when_it_has_become_too_large_and_says_so()
    {
        using var recorder = Record(mostBytes: 1 << 20);
        show.Frame = show.Frame with { PredictionAbsent = string.Concat(Enumerable.Range(0, 60_000).Select(n => $"{n * 7919 % 99991:x}")) };
        Pass(100);
        Assert.Equal(["The recording ends here: it has become 1 MB large. The stage goes on."], said);
        Assert.Equal("it has become 1 MB large", Lines(file.ToArray())[^1].End!.Because);
    }

    [Fact]
    public void Ends_by_itself_when_it_has_become_too_long()
    {
        using var recorder = Record();
        time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(["The recording ends here: it has become 2 h long. The stage goes on."], said);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no JSON\n")]
    [InlineData("{}\n")]
    [InlineData("""{"at_ms":0,"header":{"recording":"something else","format":1}}""" + "\n")]
    public void What_is_no_recording_is_refused_in_one_line(string text)
    {
        Assert.Equal("it is no recording of a stage", Refusal(Zipped(text)));
        Assert.Equal("it is no recording of a stage", Refusal(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void A_recording_of_another_format_is_refused_and_says_which()
    {
        var header = Recorder.HeaderOf(Show.Origin with { Version = "9.0" }, time) with { Format = 2 };
        var line = JsonSerializer.Serialize(new RecordingLine(0) { Header = header }, Json.Options);
        Assert.Equal("it is a recording of format 2, made by version 9.0; this version reads format 1", Refusal(Zipped(line + "\n")));
    }

    [Fact]
    public void A_line_without_end_is_refused_before_it_fills_the_memory() =>
        Assert.Equal("it is no recording of a stage", Refusal(Zipped(new string('{', 20 << 20))));

    [Fact]
    public void A_recording_replaces_no_file_and_needs_a_folder()
    {
        var there = Path.GetTempFileName();
        Assert.Equal($"{there} is there already, and a recording replaces nothing: name another file", RecordingWriter.Obstacle(there));
        File.Delete(there);
        Assert.Null(RecordingWriter.Obstacle(there));
        Assert.StartsWith($"{there}/nowhere/it is in no folder", RecordingWriter.Obstacle($"{there}/nowhere/it"), StringComparison.Ordinal);
    }

    static string Refusal(byte[] bytes) =>
        Assert.Throws<RecordingException>(() => RecordingReader.Open(new MemoryStream(bytes), "it")).Message;
}
