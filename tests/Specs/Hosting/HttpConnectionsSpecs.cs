using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using TinyResilient.Shared.Hosting;
using Xunit;

namespace Specs.Hosting;

public sealed class HttpConnectionsSpecs
{
    readonly FakeTimeProvider _time = new();
    readonly List<string> _log = [];
    readonly HttpConnections _connections;

    public HttpConnectionsSpecs() => _connections = new HttpConnections(3, _time, new Lines(_log));

    [Fact]
    public void Lets_in_as_many_as_there_may_be_and_says_nothing()
    {
        Assert.All(Enter(3), one => Assert.False(one.IsAborted));
        Assert.Empty(_log);
    }

    [Fact]
    public void Closes_first_who_never_had_a_request_the_oldest_first()
    {
        var all = Enter(3);
        all[0].HasRequest();
        Assert.False(Enter().IsAborted);
        Assert.Equal([false, true, false], all.Select(one => one.IsAborted));
    }

    [Fact]
    public void Closes_then_who_had_none_for_longest()
    {
        var all = Enter(3);
        foreach (var one in new[] { all[1], all[0], all[2] })
            one.HasRequest();
        Enter();
        Assert.Equal([false, true, false], all.Select(one => one.IsAborted));
    }

    [Fact]
    public void Never_closes_who_has_a_request_under_way_and_refuses_who_comes_when_all_have()
    {
        var all = Enter(3);
        foreach (var one in all)
            one.Place.Begin();
        var fourth = new Connection(_time);
        Assert.False(_connections.Enter(fourth));
        Assert.All(all, one => Assert.False(one.IsAborted));
        all[2].Place.End();
        Enter();
        Assert.Equal([false, false, true], all.Select(one => one.IsAborted));
    }

    [Fact]
    public void Two_requests_at_once_are_under_way_until_both_have_ended()
    {
        var all = Enter(3);
        all[0].Place.Begin();
        all[0].Place.Begin();
        all[0].Place.End();
        Assert.False(all[0].Place.IsIdle);
        all[0].Place.End();
        Assert.True(all[0].Place.IsIdle);
    }

    [Fact]
    public async Task Gives_the_place_of_who_has_left_to_the_next()
    {
        var all = Enter(3);
        await all[1].DisposeAsync();
        Enter();
        Assert.False(all[0].IsAborted);
        Assert.Empty(_log);
    }

    [Fact]
    public void Says_once_a_minute_how_many_there_may_be_and_what_sets_it()
    {
        Enter(50);
        Assert.Contains("All 3 connections", Assert.Single(_log), StringComparison.Ordinal);
        Assert.Contains("ulimit -n", _log[0], StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromMinutes(1));
        Enter(50);
        Assert.Equal(2, _log.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(1_024)]
    [InlineData(20_000)]
    [InlineData(1_048_576)]
    [InlineData(long.MaxValue)]
    public void All_that_may_be_open_stays_below_the_limit(long limit)
    {
        var all = Descriptors.Of(limit);
        Assert.InRange(all.Http + all.Remoting + all.Upstream, 1, Math.Min(limit, int.MaxValue) - 300);
        Assert.True(all is { Http: >= 16, Remoting: >= 8, Upstream: >= 16 });
    }

    [Theory]
    [InlineData(20_000, 10_000, 5_000)]
    [InlineData(100_000, 20_000, 20_000)]
    public void Where_files_allow_ten_thousand_requests_may_be_in_flight(long limit, int http, int upstream)
    {
        var all = Descriptors.Of(limit);
        Assert.True(all.Http > http && all.Upstream > upstream);
    }

    Connection Enter() => Enter(1)[0];

    List<Connection> Enter(int count) => [.. Enumerable.Range(0, count).Select(_ =>
    {
        _time.Advance(TimeSpan.FromMilliseconds(1));
        var connection = new Connection(_time);
        Assert.True(_connections.Enter(connection));
        return connection;
    })];

    sealed class Lines(List<string> log) : ILogger<HttpConnections>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => log.Add(formatter(state, exception));
    }

    sealed class Connection : DefaultConnectionContext
    {
        readonly CancellationTokenSource _closed = new();
        readonly FakeTimeProvider _time;

        public Connection(FakeTimeProvider time) => (_time, ConnectionClosed) = (time, _closed.Token);

        public bool IsAborted { get; private set; }

        public HttpConnections.Place Place => (HttpConnections.Place)Features[typeof(HttpConnections.Place)]!;

        public void HasRequest()
        {
            Place.Begin();
            _time.Advance(TimeSpan.FromMilliseconds(1));
            Place.End();
        }

        public override void Abort(ConnectionAbortedException abortReason) => IsAborted = true;

        public override async ValueTask DisposeAsync()
        {
            await _closed.CancelAsync();
            _closed.Dispose();
            await base.DisposeAsync();
        }
    }
}
