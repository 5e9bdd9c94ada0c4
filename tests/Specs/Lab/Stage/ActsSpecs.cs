using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using TinyResilient.Lab.Running;
using TinyResilient.Lab.Scenarios;
using TinyResilient.Lab.Stage;
using TinyResilient.LoadTest;
using Xunit;

namespace Specs.Lab.Stage;

/// <summary>Acts on services and a load that are scripted. Time is moved by hand.</summary>
public sealed class ActsSpecs : IDisposable
{
    /// <summary>Simulated requests: enough for a curve, and there at once.</summary>
    const double aFewRuns = 1;

    static readonly TimeSpan patience = TimeSpan.FromMinutes(2);

    readonly FakeTimeProvider time = new(DateTimeOffset.FromUnixTimeMilliseconds(1_000_000));
    readonly ActServices services = new();
    readonly HttpClient http;
    readonly EventLog events;
    readonly Acts acts;
    readonly List<string> complaints = [];
    readonly System.Collections.Concurrent.BlockingCollection<Load> loads = [];
    LoadSetting? shown;

    sealed record Load(string Lane, LoadOptions Options, TaskCompletionSource<LoadResult> Result, CancellationToken Stop)
    {
        // Half of the first second succeeds, and all of the second.
        public void End() => Result.SetResult(new()
        {
            Options = Options,
            Sending = TimeSpan.FromSeconds(2),
            Counts = new() { Succeeded = 150, Failed = 50 },
            Seconds = [new(0, new() { Succeeded = 50, Failed = 50 }, null, null), new(1, new() { Succeeded = 100 }, null, null)],
        });
    }

    public ActsSpecs()
    {
        http = new(services);
        events = new(new(time));
        acts = new(
            new(ProcessBench.Attach(ActServices.A, [ActServices.B], http, time), SendAsync, lane => new($"http://service-a:1{Lane.Path(lane)}"),
                load => shown = load, events, "./tiny"),
            new(time, aFewRuns) { Beside = work => work() }, () => events.Add(EventKind.Load, null, "load off"), complaints.Add, time);
    }

    public void Dispose()
    {
        Assert.Empty(complaints);
        acts.Dispose();
        http.Dispose();
        loads.Dispose();
    }

    async Task<LoadResult> SendAsync(string lane, LoadOptions options, CancellationToken stop)
    {
        var load = new Load(lane, options, new(TaskCreationOptions.RunContinuationsAsynchronously), stop);
        using var stopped = stop.Register(() => load.Result.TrySetResult(new() { Options = options, Sending = TimeSpan.Zero, Interrupted = true }));
        loads.Add(load, CancellationToken.None);
        return await load.Result.Task;
    }

    // Both lanes of an arm, once they are sent.
    List<Load> Sent()
    {
        List<Load> both = [];
        while (both.Count < 2)
        {
            Assert.True(loads.TryTake(out var load, patience), "no load was sent");
            both.Add(load);
        }
        return both;
    }

    static ActChoice Choice(string scenario, string? arm = null)
    {
        var choice = ActChoice.Read(JsonSerializer.SerializeToElement(new { scenario, arm }), out var errors);
        Assert.False(errors.Any, $"{errors}");
        return choice!;
    }

    StageLook Look(string? knob = null, double value = 0)
    {
        var knobs = services.Knobs;
        if (knob is not null)
            knobs[knob]!["value"] = value;
        return new(new(knobs, services.Faults), null, null, new(ContactState.Up, ContactState.Up, null, null), LoadSetting.AtStart, 0);
    }

    Task Ended() => acts.Ended.WaitAsync(patience);

    IEnumerable<string> Told => events.Newest().Select(one => one.Text);

    [Fact]
    public async Task An_arm_is_set_up_predicted_measured_and_kept()
    {
        Assert.Null(acts.Begin(Choice("corrupt", "retries, restarted")));
        var sent = Sent();
        Assert.Equal(["actor", "http"], sent.Select(load => load.Lane).Order());
        Assert.All(sent, load => Assert.Equal(
            (1, new TinyResilient.LoadTest.Stage(TimeSpan.FromSeconds(20), 100), $"http://service-a:1{Lane.Path(load.Lane)}"),
            (load.Options.Seed, load.Options.Stages.Single(), $"{load.Options.Url}")));
        Assert.Equal(["POST /reset", "POST /reset", "PATCH /knobs", "PUT /faults"], services.Done);
        Assert.Equal(("2", "8", "corrupt"), (services.Value("MAX_RETRIES"), services.Value("WORKERS"), $"{services.Faults[0]!["kind"]}"));
        time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(new ActNow("corrupt", "retries, restarted", 1, 1, 3, 20, null), acts.Now.Act);
        Assert.Equal(new LoadSetting(true, 100, Lane.Both).Words, shown?.Words);
        var prediction = acts.Now.Prediction!;
        Assert.Equal(1_000_000, prediction.FromMs);
        Assert.All(prediction.Http!.Take(20), percent => Assert.InRange(percent, 99, 100));

        sent.ForEach(load => load.End());
        await Ended();
        Assert.Null(acts.Now.Act);
        var arm = acts.Now.Arms.Single(one => one.Lane == "http");
        Assert.Equal(("corrupt", "retries, restarted", "retries, restarted", 75, 200, 1, "./tiny run corrupt"),
            (arm.Scenario, arm.Arm, arm.Label, arm.SuccessPercent, arm.N, arm.Seed, arm.Command));
        Assert.Equal([[0, 50], [1, 100]], arm.Curve);
        Assert.Equal((20, 0, 19), (arm.Prediction.Count, arm.Prediction[0][0], arm.Prediction[19][0]));
    }

    [Fact]
    public async Task However_it_ends_everything_is_as_at_the_start()
    {
        acts.Begin(Choice("corrupt", "retries, restarted"));
        Sent().ForEach(load => load.End());
        await Ended();
        Assert.Equal(("64", 0, null), (services.Value("WORKERS"), services.Faults.Count, shown));
        Assert.Equal(["load off", "corrupt: retries, restarted, 20 s", "corrupt has ended"], Told);
    }

    [Fact]
    public async Task All_arms_come_one_after_the_other_and_the_shelf_holds_the_newest()
    {
        acts.Begin(Choice("corrupt"));
        var names = new List<string>();
        for (var index = 1; ; index++)
        {
            var sent = Sent();
            var now = acts.Now.Act!;
            Assert.Equal(index, now.Index);
            names.Add(now.Arm!);
            sent.ForEach(load => load.End());
            if (index == now.Of)
                break;
        }
        await Ended();
        Assert.DoesNotContain("liveness probe restarts the process", names); // it needs a process of its own
        Assert.Equal(ArmShelf.Most, acts.Now.Arms.Count);
        Assert.Equal(names[^1], acts.Now.Arms[^1].Arm);
        acts.Forget();
        Assert.Empty(acts.Now.Arms);
    }

    [Fact]
    public async Task What_runs_again_takes_the_place_of_what_it_measured_before()
    {
        for (var time = 0; time < 2; time++)
        {
            acts.Begin(Choice("corrupt", "retries, restarted"));
            var sent = Sent();
            Assert.Empty(acts.Now.Arms); // so that whoever counts them sees that there is something new
            sent.ForEach(load => load.End());
            await Ended();
        }
        Assert.Equal(2, acts.Now.Arms.Count);
    }

    [Fact]
    public async Task There_is_one_act_at_a_time()
    {
        acts.Begin(Choice("corrupt"));
        Assert.Equal("corrupt is running, and there is one act at a time: end it first", acts.Begin(Choice("errors")));
        await acts.StopAsync().WaitAsync(patience);
        Assert.Null(acts.Begin(Choice("errors")));
        await acts.StopAsync().WaitAsync(patience);
    }

    [Fact]
    public async Task One_that_is_stopped_ends_at_once_and_keeps_nothing_of_its_arm()
    {
        acts.Begin(Choice("corrupt", "retries, restarted"));
        var sent = Sent();
        await acts.StopAsync().WaitAsync(patience);
        Assert.All(sent, load => Assert.True(load.Stop.IsCancellationRequested));
        Assert.Equal((0, null, "64"), (acts.Now.Arms.Count, acts.Now.Act, services.Value("WORKERS")));
        Assert.Equal("corrupt was stopped", Told.Last());
    }

    [Fact]
    public async Task Work_that_was_begun_before_is_waited_for()
    {
        services.BusyLooks = 3;
        acts.Begin(Choice("corrupt", "retries, restarted"));
        while (!loads.TryTake(out _, TimeSpan.FromMilliseconds(20)))
            time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.InRange(services.BusyLooks, -10, 0);
        await acts.StopAsync().WaitAsync(patience);
    }

    [Fact]
    public async Task An_arm_that_somebody_has_changed_meanwhile_says_that_it_is_not_comparable()
    {
        acts.Begin(Choice("corrupt", "retries, restarted"));
        var sent = Sent();
        acts.Look(Look()); // as it was set
        acts.Look(Look("MAX_RETRIES", 0)); // it may have been under way when the arm was set up
        acts.Look(Look());
        acts.Look(Look("MAX_RETRIES", 0));
        acts.Look(Look("MAX_RETRIES", 0));
        sent.ForEach(load => load.End());
        await Ended();
        Assert.All(acts.Now.Arms, arm => Assert.Equal(
            ("retries, restarted", "retries, restarted (changed)", 0), (arm.Arm, arm.Label, arm.Prediction.Count)));
        Assert.Contains("retries, restarted: changed by hand, not comparable", Told);
    }

    [Fact]
    public async Task One_look_that_was_under_way_when_the_arm_was_set_up_changes_nothing()
    {
        acts.Begin(Choice("corrupt", "retries, restarted"));
        var sent = Sent();
        acts.Look(Look("MAX_RETRIES", 0));
        acts.Look(Look());
        sent.ForEach(load => load.End());
        await Ended();
        Assert.All(acts.Now.Arms, arm => Assert.Equal(("retries, restarted", 20), (arm.Label, arm.Prediction.Count)));
    }

    [Fact]
    public async Task Services_that_refuse_end_it_and_it_says_why()
    {
        services.Refusal = "service-b cannot be reached";
        acts.Begin(Choice("corrupt"));
        await Ended();
        Assert.Contains("corrupt could not go on: POST http://service-a:1/reset: service-b cannot be reached", Told);
        Assert.Null(acts.Now.Act);
    }

    [Fact]
    public void Between_acts_what_is_set_is_predicted_for_the_load_that_is_on()
    {
        acts.Look(Look());
        Assert.Equal("no load runs", acts.Now.PredictionAbsent);
        acts.Look(Look() with { Load = new(true, 5, Lane.Both) });
        Assert.NotEqual("no load runs", acts.Now.PredictionAbsent);
        acts.Look(Look() with { Load = new(true, 5, Lane.Both), Contact = new(ContactState.Up, ContactState.Lost, "lost contact with ServiceB", 1) });
        Assert.Equal("lost contact with ServiceB", acts.Now.PredictionAbsent);
    }
}
