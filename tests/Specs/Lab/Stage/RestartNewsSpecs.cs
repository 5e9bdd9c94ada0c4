using TinyResilient.Lab.Stage;
using Xunit;

namespace Specs.Lab.Stage;

public class RestartNewsSpecs
{
    readonly RestartNews news = new();

    public RestartNewsSpecs() => Look(0, Worker(2, restarts: 4), Worker(3, restarts: 4));

    [Theory]
    [InlineData("corrupt", 0.4, "worker 3 restarted, it was corrupt, 0.4 ms")]
    [InlineData("corrupt", 0.142, "worker 3 restarted, it was corrupt, 0.14 ms")]
    [InlineData("failed", 44.448, "worker 3 restarted, it failed, 44 ms")]
    [InlineData("hung", null, "worker 3 restarted, it hung")]
    [InlineData(null, null, "worker 3 restarted")]
    public void A_single_restart_is_told_with_why_and_how_long(string? cause, double? ms, string told) =>
        Assert.Equal(told, Look(250, Worker(2, 4), Worker(3, 5, cause, ms)));

    [Fact]
    public void Many_are_summed_up_with_the_most_frequent_reason()
    {
        Assert.Equal("3 workers restarted, 2 were corrupt", Look(250, Worker(1, 1, "corrupt"), Worker(2, 5, "corrupt"), Worker(3, 5, "failed")));
        Assert.Null(Look(4_000, Worker(1, 3, "crashed"), Worker(2, 6, "crashed")));
        Assert.Null(Look(5_249, Worker(1, 3, "crashed"), Worker(2, 6, "crashed")));
        Assert.Equal("3 workers restarted, 2 crashed", Look(5_250, Worker(1, 3, "crashed"), Worker(2, 6, "crashed")));
    }

    [Fact]
    public void Single_ones_are_told_at_most_once_a_second()
    {
        Assert.NotNull(Look(250, Worker(3, 5)));
        Assert.Null(Look(500, Worker(3, 6)));
        Assert.Equal("worker 3 restarted", Look(1_250, Worker(3, 6)));
    }

    [Fact]
    public void A_restart_is_told_when_it_is_over()
    {
        Assert.Null(Look(250, Worker(3, 5, state: "restarting")));
        Assert.Equal("worker 3 restarted, it failed, 1000 ms", Look(1_250, Worker(3, 5, "failed", 1_000)));
    }

    [Fact]
    public void Another_process_begins_anew_and_so_does_a_reset()
    {
        Assert.Null(Look(250, pid: 8, Worker(2, 90), Worker(3, 7)));
        Assert.Null(Look(500, pid: 8, Worker(2, 0), Worker(3, 0)));
        Assert.Equal("worker 2 restarted", Look(750, pid: 8, Worker(2, 1), Worker(3, 0)));
    }

    string? Look(long nowMs, params WorkerReading[] workers) => Look(nowMs, pid: 7, workers);

    string? Look(long nowMs, int pid, params WorkerReading[] workers) => news.Look(nowMs, pid, workers);

    static WorkerReading Worker(int number, int restarts, string? cause = null, double? ms = null, string state = "idle") =>
        new(number, state, restarts, 0, ms, cause);
}
