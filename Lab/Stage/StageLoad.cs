using System.Globalization;
using System.Text.Json.Serialization;
using TinyResilient.Lab.Scenarios;
using TinyResilient.LoadTest;

namespace TinyResilient.Lab.Stage;

/// <param name="Rate">Requests per second, in each of the lanes.</param>
sealed record LoadSetting(bool On, double Rate, IReadOnlyList<string> Lanes)
{
    public static readonly LoadSetting AtStart = new(false, 20, Lane.Both);

    [JsonIgnore]
    public string Words => !On ? "load off" : string.Create(CultureInfo.InvariantCulture,
        $"load on, {Rate:0.####} requests/s {(Lanes.Count == 1 ? $"in lane {Lanes[0]}" : "in each lane")}");
}

/// <summary>
/// The stage's own load: LoadTest's engine, one run for each lane, with the same ids in both. A change ends the sending and
/// lets what is under way end, which counts all the same. Whoever changes it never waits for that.
/// </summary>
/// <param name="newHandler">What a run reaches the services through; null: sockets.</param>
sealed class StageLoad(
    Uri serviceA, Lanes<LoadMeter> meters, StageClock clock, TimeProvider time, Action<string> complain, Func<HttpMessageHandler?> newHandler) : IDisposable
{
    // A schedule whose end nobody will see
    static readonly TimeSpan endless = TimeSpan.FromDays(30);

    readonly Lock _gate = new();
    CancellationTokenSource _sending = new();
    long _seed = clock.NowMs;
    long _dropped;

    public LoadSetting Setting { get; private set; } = LoadSetting.AtStart;

    /// <summary>What an act sends instead, while it does.</summary>
    public LoadSetting? OfAct { get; set; }

    /// <summary>Requests that were due and not sent, since the start.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public void Set(LoadSetting setting)
    {
        lock (_gate)
        {
            var isSame = Setting.Words == setting.Words;
            Setting = setting;
            if (isSame)
                return;
            _sending.Cancel();
            _sending.Dispose();
            _sending = new();
            _seed++;
            if (setting.On)
                foreach (var lane in setting.Lanes)
                    _ = SendAsync(lane, setting.Rate, _seed, _sending.Token);
        }
    }

    /// <summary>Runs what is asked in one lane, and measures it as the stage's own load. For acts.</summary>
    /// <param name="onSample">Told of each request when it has ended, one at a time.</param>
    /// <param name="stop">Ends it at once.</param>
    /// <param name="stopSending">Lets what is under way end.</param>
    public async Task<LoadResult> RunAsync(
        string lane, LoadOptions options, Action<Sample>? onSample, CancellationToken stop, CancellationToken stopSending = default)
    {
        using var handler = newHandler();
        var runner = new LoadRunner(time)
        {
            Handler = handler,
            OnSample = sample =>
            {
                meters[lane].Add(clock.NowMs, sample);
                onSample?.Invoke(sample);
            },
        };
        return await runner.RunAsync(options, new Drops(this), stop, stopSending);
    }

    public void Dispose() => _sending.Dispose();

    /// <summary>The address of a lane.</summary>
    public Uri Url(string lane) => new(serviceA, Lane.Path(lane));

    async Task SendAsync(string lane, double rate, long seed, CancellationToken stopSending)
    {
        try
        {
            await RunAsync(lane,
                new LoadOptions { Url = Url(lane), Seed = seed, Stages = [new(endless, rate)], KeepsSeconds = false },
                onSample: null, stop: default, stopSending);
        }
        catch (Exception bug)
        {
            // Nobody waits for it
            complain($"the load in lane {lane} has ended: {bug}");
        }
    }

    // Each run counts its own from 0
    sealed class Drops(StageLoad load) : IProgress<LoadProgress>
    {
        long _before;

        public void Report(LoadProgress value)
        {
            Interlocked.Add(ref load._dropped, value.Counts.Dropped - _before);
            _before = value.Counts.Dropped;
        }
    }
}
