using System.Net.ServerSentEvents;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TinyResilient.Shared.Hosting;
using Xunit;

namespace Specs.Hosting;

public sealed class StateSpecs : IDisposable
{
    static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    const int Bug = -1, Silence = -2;

    readonly FakeTimeProvider _time = new();
    readonly StateFeed _feed;
    int _count, _snapshots;

    public StateSpecs() => _feed = new StateFeed(new SnapshotText(Snapshot, _time, NullLogger.Instance), _time);

    public void Dispose() => _feed.Dispose();

    Task<object> Snapshot()
    {
        _snapshots++;
        return _count switch
        {
            Bug => throw new InvalidOperationException("a bug in the snapshot"),
            Silence => new TaskCompletionSource<object>().Task,
            _ => Task.FromResult<object>(new { Count = _count }),
        };
    }

    [Fact]
    public async Task Sends_the_snapshot_at_the_next_tick_and_then_only_when_it_changed()
    {
        await using var events = Watch();
        _time.Advance(Tick);
        Assert.Equal("""{"count":0}""", await Next(events));
        _time.Advance(Tick);
        var next = Next(events);
        Assert.False(next.IsCompleted);
        _count = 7;
        _time.Advance(Tick);
        Assert.Equal("""{"count":7}""", await next);
    }

    [Fact]
    public async Task Sends_a_heartbeat_when_nothing_has_changed_for_almost_five_seconds()
    {
        await using var events = Watch();
        _time.Advance(Tick);
        await Next(events);
        _time.Advance(TimeSpan.FromSeconds(4.75));
        Assert.True(await events.MoveNextAsync());
        Assert.Equal(("heartbeat", "{}"), (events.Current.EventType, events.Current.Data));
    }

    [Fact]
    public async Task A_slow_watcher_gets_the_newest_and_costs_nobody_else_anything()
    {
        await using var slow = Watch();
        await using var quick = Watch();
        for (_count = 1; _count <= 3; _count++)
        {
            _time.Advance(Tick);
            Assert.Equal($$"""{"count":{{_count}}}""", await Next(quick));
        }
        Assert.Equal(3, _snapshots);
        Assert.Equal("""{"count":3}""", await Next(slow));
    }

    [Fact]
    public async Task A_heartbeat_never_pushes_out_a_snapshot_that_is_not_yet_read()
    {
        await using var slow = Watch();
        for (var tick = 0; tick < 40; tick++)
            _time.Advance(Tick);
        Assert.Equal("""{"count":0}""", await Next(slow));
    }

    [Theory(Timeout = 600_000)]
    [InlineData(Bug)]
    [InlineData(Silence)]
    public async Task Without_snapshots_the_heart_still_beats_and_the_next_one_is_sent(int trouble)
    {
        await using var events = Watch();
        _count = trouble;
        await TickUntil(events, "heartbeat");
        _count = 1;
        await TickUntil(events, "message");
        Assert.Equal("""{"count":1}""", events.Current.Data);
    }

    [Fact]
    public async Task At_most_64_watch_and_who_leaves_makes_room()
    {
        using var leave = new CancellationTokenSource();
        var leaving = _feed.Watch()!.GetAsyncEnumerator(leave.Token);
        for (var others = 1; others < StateFeed.MaxStreams; others++)
            Assert.NotNull(_feed.Watch());
        Assert.Null(_feed.Watch());

        var waiting = leaving.MoveNextAsync().AsTask();
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.NotNull(_feed.Watch());
    }

    [Fact]
    public async Task All_streams_end_at_once_when_the_service_is_told_to_stop()
    {
        await using var service = await InMemoryService.Start(app => app.MapState(() => Task.FromResult<object>(new { Count = 1 })),
            add: services => services.AddSingleton<TimeProvider>(_time));
        using var stream = new StreamReader(await TickUntilDone(service.Client.GetStreamAsync("/events")));
        service.App.Lifetime.StopApplication();
        Assert.StartsWith("""data: {"count":1}""", await stream.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(2)));
        Assert.Equal(503, (await service.Get("/events")).Status);
    }

    IAsyncEnumerator<SseItem<string>> Watch() => _feed.Watch()!.GetAsyncEnumerator();

    async Task TickUntil(IAsyncEnumerator<SseItem<string>> events, string eventType)
    {
        do
            Assert.True(await TickUntilDone(events.MoveNextAsync().AsTask()));
        while (events.Current.EventType != eventType);
    }

    async Task<T> TickUntilDone<T>(Task<T> task)
    {
        while (!task.IsCompleted)
        {
            _time.Advance(Tick);
            await Task.Yield();
        }
        return await task;
    }

    static async Task<string> Next(IAsyncEnumerator<SseItem<string>> events)
    {
        Assert.True(await events.MoveNextAsync());
        Assert.Equal("message", events.Current.EventType);
        return events.Current.Data;
    }
}
