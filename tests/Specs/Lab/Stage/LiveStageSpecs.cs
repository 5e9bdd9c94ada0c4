using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using TinyResilient.Lab.Http;
using TinyResilient.Lab.Stage;
using Xunit;

namespace Specs.Lab.Stage;

public sealed class LiveStageSpecs : IDisposable
{
    readonly FakeTimeProvider time = new(DateTimeOffset.FromUnixTimeMilliseconds(1_000_000));
    readonly StubServices services = new();
    readonly List<string> complaints = [];
    readonly HttpClient http;
    readonly LiveStage stage;

    public LiveStageSpecs()
    {
        http = new(services);
        var place = new StagePlace(StubServices.A, StubServices.B, "./tiny", new("http://localhost:8000", "http://localhost:8001"));
        stage = new(new(place, new StageProcesses(null, 8000, null), time, complaints.Add), new(new ServiceClient(http, null), StubServices.A, StubServices.B), time);
    }

    public void Dispose()
    {
        Assert.Empty(complaints);
        http.Dispose();
    }

    [Fact]
    public async Task Shows_success_and_work_of_the_last_ten_seconds()
    {
        (services.Sent, services.Succeeded, services.Attempts) = (1_000, 1_000, 1_000); // of before
        await Next();
        (services.Sent, services.Succeeded, services.Failed, services.Attempts) = (1_102, 1_090, 10, 1_150);
        var lane = (await Next()).Lanes.Actor;
        Assert.Equal((90, 100, 150, 1.5), (lane.SuccessPercent, lane.Answers, lane.Work, lane.WorkPerAnswer));
        Assert.Equal((408, 2), (lane.RequestsPerS, lane.InFlight)); // 102 in the first quarter of a second
        for (var tick = 0; tick < 40; tick++)
            await Next();
        lane = stage.Frame.Lanes.Actor;
        Assert.Equal((null, 0, null, 0), (lane.SuccessPercent, lane.Answers, lane.WorkPerAnswer, lane.RequestsPerS));
    }

    [Fact]
    public async Task A_service_that_is_gone_is_shown_and_found_again_as_another_process_without_a_negative_number()
    {
        (services.Sent, services.Succeeded) = (500, 500);
        Assert.Equal((ContactState.Up, ContactState.Up, null), Contact(await Next()));
        Assert.Single(stage.Frame.Lanes.Actor.Workers);
        services.HasB = false;
        Assert.Equal((ContactState.Up, ContactState.Lost, "lost contact with ServiceB"), Contact(await Next()));
        Assert.Empty(stage.Frame.Lanes.Actor.Workers);
        var since = stage.Frame.Contact.SinceMs;
        services.HasA = false;
        Assert.Equal((ContactState.Lost, ContactState.Lost, "lost contact with ServiceA; lost contact with ServiceB"), Contact(await Next()));
        Assert.Equal(since, stage.Frame.Contact.SinceMs);

        (services.HasA, services.HasB, services.PidOfA, services.PidOfB, services.Sent, services.Succeeded) = (true, true, 11, 21, 4, 4);
        Assert.Equal((ContactState.Up, ContactState.Up, null), Contact(await Next()));
        services.Succeeded = services.Sent = 9;
        var lane = (await Next()).Lanes.Actor;
        Assert.Equal((5, 100), (lane.Answers, lane.SuccessPercent));
        Assert.Equal(
            ["service-a is there", "service-b is there", "lost contact with service-b", "lost contact with service-a",
                "service-a is back, a new process", "service-b is back, a new process"],
            stage.History.Events.Select(one => one.Text));
        Assert.All(stage.History.Seconds, second => Assert.True(second.Actor is { Sent: >= 0, Succeeded: >= 0 }));
    }

    [Fact]
    public async Task A_service_that_answers_nothing_holds_up_no_frame()
    {
        await Next();
        services.IsBSilent = true;
        var frame = stage.FrameAsync(isWholeSecond: false);
        Assert.False(frame.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(200));
        await frame;
        Assert.Equal(1_000_450, stage.Frame.NowMs);
        Assert.Equal(ContactState.Up, stage.Frame.Contact.ServiceB); // it may still answer
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("""{"service":"service-a"}""")]
    [InlineData("""{"service":"service-a","pid":1,"lanes":{"actor":null,"http":null}}""")]
    [InlineData("""
        {"service":"service-a","pid":1,"stood_still":[null],
         "lanes":{"actor":{"requests":{},"nodes":{}},"http":{"requests":{},"nodes":{}}}}
        """)]
    [InlineData("""{"service":"nginx","pid":1,"lanes":{}}""")]
    public async Task Somebody_else_on_its_port_is_no_service(string answer)
    {
        services.AnythingOfA = answer;
        Assert.Equal((ContactState.Lost, ContactState.Up, "lost contact with ServiceA"), Contact(await Next()));
    }

    [Fact]
    public async Task A_worker_whose_work_failed_and_that_lives_on_is_shown_as_failing_for_one_frame()
    {
        await Next();
        services.Workers = Worker(0, failures: 1, restarts: 0) + "," + Worker(1, failures: 3, restarts: 3);
        Assert.Equal(["failing", "idle"], (await Next()).Lanes.Http.Workers.Select(worker => worker.State));
        Assert.Equal(["idle", "idle"], (await Next()).Lanes.Http.Workers.Select(worker => worker.State));
        services.Workers = Worker(0, failures: 2, restarts: 1);
        Assert.Equal(["idle"], (await Next()).Lanes.Http.Workers.Select(worker => worker.State));
    }

    [Fact]
    public async Task Shows_the_breaker_with_its_countdown_and_tells_that_it_opened()
    {
        await Next();
        (services.Breaker, services.ProbeInMs) = ("open", "4750");
        Assert.Equal(new BreakerNow("open", 4_750, 1), (await Next()).Lanes.Http.Breaker);
        Assert.Equal(["breaker of lane actor opened", "breaker of lane http opened"],
            stage.Frame.Events.Where(one => one.Kind == EventKind.Breaker).Select(one => one.Text));
    }

    [Fact]
    public async Task A_service_that_stood_still_is_marked_once_in_the_chart()
    {
        services.StoodStill = StandStill(1, 9_000); // before anybody looked
        await Next();
        services.StoodStill = StandStill(1, 9_000) + "," + StandStill(2, 15_012);
        await Next();
        await Next();
        Assert.Equal(["service-a stood still for 15 s", "service-b stood still for 15 s"],
            stage.History.Marks.Select(mark => mark.Text));
        Assert.Equal(2, stage.Frame.Marks);
        Assert.Equal(2, stage.Frame.Events.Count(one => one.Kind == EventKind.Mark));
        (services.PidOfA, services.StoodStill) = (11, StandStill(1, 700)); // while it started
        await Next();
        Assert.Equal(2, stage.Frame.Marks);
        services.StoodStill = StandStill(1, 700) + "," + StandStill(2, 800);
        await Next();
        Assert.Equal("service-a stood still for 0.8 s", stage.History.Marks[2].Text);
    }

    [Fact]
    public async Task A_knob_that_somebody_turned_is_told_and_theory_follows()
    {
        Assert.Equal(64_000 / 430.0, (await Next(isWholeSecond: true)).CapacityPerS);
        services.Knobs = services.Knobs.Replace("\"value\":800", "\"value\":0", StringComparison.Ordinal);
        await Next();
        stage.SettingsChanged();
        Assert.Equal(64_000 / 30.0, (await Next()).CapacityPerS);
        Assert.Equal("MAX_LATENCY_MS 800 -> 0", stage.Frame.Events[^1].Text);
        Assert.Equal("""{"default":64,"meaning":"workers"}""", stage.Setup.Knobs["WORKERS"]!.ToJsonString());
    }

    [Fact]
    public async Task Has_the_names_that_pages_and_recordings_rely_on()
    {
        await Next(isWholeSecond: true);
        for (var tick = 0; tick < 4; tick++)
            await Next();
        var frame = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(stage.Frame, TinyResilient.Shared.Hosting.Json.Options))!.AsObject();
        Assert.Equal("service mode now_ms replay contact lanes load capacity_per_s knobs faults act prediction prediction_absent seconds events arms marks",
            Names(frame));
        Assert.Equal("breaker success_percent answers work work_per_answer requests_per_s p50_ms p95_ms latency_from in_flight requests attempts pool "
            + "effects queue workers", Names(frame["lanes"]!["actor"]!));
        Assert.Equal("on rate lanes lag_p99_ms dropped other_per_s", Names(frame["load"]!));
        Assert.Equal("service_a service_b words since_ms", Names(frame["contact"]!));
        Assert.Equal("t_ms actor http offered", Names(frame["seconds"]![0]!));
        Assert.Equal("sent succeeded failed refused timed_out attempts p50_ms p95_ms breaker", Names(frame["seconds"]![0]!["http"]!));
        Assert.Equal("seq t_ms kind lane text", Names(frame["events"]![0]!));
        Assert.Equal(("live", "up", "histogram", "service"), ($"{frame["mode"]}", $"{frame["contact"]!["service_a"]}",
            $"{frame["lanes"]!["http"]!["latency_from"]}", $"{frame["events"]![0]!["kind"]}"));
    }

    async Task<Frame> Next(bool isWholeSecond = false)
    {
        time.Advance(TimeSpan.FromMilliseconds(250));
        await stage.FrameAsync(isWholeSecond);
        return stage.Frame;
    }

    static (ContactState, ContactState, string?) Contact(Frame frame) => (frame.Contact.ServiceA, frame.Contact.ServiceB, frame.Contact.Words);

    static string Names(JsonNode node) => string.Join(' ', node.AsObject().Select(one => one.Key));

    static string StandStill(int number, int forMs) => $$"""{"number":{{number}},"for_ms":{{forMs}},"not_counted":3}""";

    static string Worker(int number, int failures, int restarts) =>
        $$"""{"number":{{number}},"state":"idle","restarts":{{restarts}},"failures":{{failures}}}""";
}
