using Microsoft.Extensions.Time.Testing;
using TinyResilient.Lab.Stage;
using Xunit;

namespace Specs.Lab.Stage;

public sealed class ReplaySpecs : IDisposable
{
    static readonly DateTimeOffset recordedAt = new(2026, 11, 27, 20, 0, 0, TimeSpan.Zero);
    readonly FakeTimeProvider time = new(recordedAt.AddDays(1));
    readonly Show show = new();
    readonly List<Replay> replays = [];

    public void Dispose() => replays.ForEach(replay => replay.Dispose());

    // Four seconds: in each one a finished second and an event, after two a mark and an arm.
    byte[] Recording(int seconds = 4)
    {
        var (clock, file) = (new FakeTimeProvider(recordedAt), new MemoryStream());
        show.History = new([Show.Second(-2_000)], [Show.Event(1)], [], []);
        show.Frame = Show.At(1_000);
        using (new Recorder(new RecordingWriter(file, Recorder.HeaderOf(Show.Origin, clock)), show, _ => { }, clock))
        {
            for (var tick = 1; tick <= 4 * seconds; tick++)
            {
                var nowMs = 1_000 + 250L * tick;
                show.Frame = Show.At(nowMs) with { Events = [Show.Event(1 + tick / 4)], Marks = tick / 8, Arms = tick / 8 };
                if (tick == 8)
                    show.History = show.History with { Marks = [new(nowMs, "look here")], Arms = [Show.Arm] };
                clock.Advance(TimeSpan.FromMilliseconds(250));
            }
        }
        return file.ToArray();
    }

    Replay Open(byte[] recording, bool loops = false)
    {
        var replay = new Replay(new MemoryStream(recording), "it", loops, time);
        replays.Add(replay);
        return replay;
    }

    void Pass(double seconds)
    {
        for (var at = 0.0; at < seconds - 1e-9; at += 0.125)
            time.Advance(TimeSpan.FromSeconds(0.125));
    }

    [Fact]
    public void Shows_each_frame_at_its_time_and_marks_it_as_a_replay()
    {
        var replay = Open(Recording());
        Assert.Equal((StageMode.Replay, 1_000, new ReplayNow(recordedAt, 0, 4)), (replay.Frame.Mode, replay.Frame.NowMs, replay.Frame.Replay));
        Pass(1.5);
        Assert.Equal((2_500, new ReplayNow(recordedAt, 1.5, 4)), (replay.Frame.NowMs, replay.Frame.Replay));
    }

    [Fact]
    public void Stays_with_the_last_frame_at_the_end()
    {
        var replay = Open(Recording());
        Pass(60);
        Assert.Equal((5_000, new ReplayNow(recordedAt, 4, 4)), (replay.Frame.NowMs, replay.Frame.Replay));
        Assert.True(replay.IsWhole);
    }

    [Fact]
    public void Begins_again_where_it_loops_and_forgets_what_is_to_come()
    {
        var replay = Open(Recording(), loops: true);
        Pass(4);
        Assert.Single(replay.History.Arms);
        Pass(0.25);
        Assert.InRange(replay.Frame.NowMs, 1_000, 1_250);
        Assert.Empty(replay.History.Arms);
        Assert.Equal([-2_000L, 0], replay.History.Seconds.Select(second => second.TMs));
    }

    [Fact]
    public void The_history_is_that_of_the_instant()
    {
        var replay = Open(Recording());
        Pass(1);
        Assert.Equal([-2_000L, 0, 1_000], replay.History.Seconds.Select(second => second.TMs));
        Assert.Equal([1L, 2], replay.History.Events.Select(one => one.Seq));
        Assert.Empty(replay.History.Marks);
        Pass(2);
        Assert.Equal([1L, 2, 3, 4], replay.History.Events.Select(one => one.Seq));
        Assert.Equal(("look here", "retries, restarted"), (replay.History.Marks.Single().Text, replay.History.Arms.Single().Arm));
    }

    [Fact]
    public void A_recording_that_was_cut_off_is_shown_as_far_as_it_goes_and_says_so()
    {
        var whole = Recording(seconds: 40);
        var replay = Open(whole[..(whole.Length * 3 / 4)]);
        Assert.False(replay.IsWhole);
        Assert.InRange(replay.LengthMs, 10_000, 40_000);
        Pass(60);
        Assert.Equal(1_000 + replay.LengthMs, replay.Frame.NowMs);
    }

    [Fact]
    public void A_recording_without_one_whole_frame_is_refused() =>
        Assert.Equal("it is cut short: it has not one whole frame", Assert.Throws<RecordingException>(() => Open(WithoutFrames())).Message);

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Assert.Equal("there is no file /no/such/file", Assert.Throws<RecordingException>(() => Replay.Open("/no/such/file", false, time)).Message);

    byte[] WithoutFrames()
    {
        var file = new MemoryStream();
        using (new RecordingWriter(file, Recorder.HeaderOf(Show.Origin, time)))
        {
        }
        return file.ToArray();
    }
}
