using TinyResilient.Shared.Hosting;
using Xunit;

namespace Specs.Hosting;

// A knob with a prefix stands in for the plain one in its lane, where it is set.
public class LaneKnobSpecs
{
    static readonly Knob<long> shared = Knob.Seed(TimeProvider.System);
    static readonly IReadOnlyList<Knob> all = [.. Samples.All, shared, .. LaneKnob.Of("http", [.. Samples.All, shared])];
    readonly KnobStore store = Samples.Store(all);

    [Fact]
    public void It_has_no_value_until_somebody_gives_it_one()
    {
        Assert.Equal(0.3, store.Current.In("http").Get(Samples.Rate));
        Assert.False(KnobView.Of(store, "A").ContainsKey("HTTP_FAILURE_RATE"));
    }

    [Fact]
    public void Set_it_holds_in_its_lane_alone_and_is_shown()
    {
        Patch("""{"HTTP_FAILURE_RATE":0.6}""");
        Assert.Equal((0.3, 0.6, 0.3),
            (store.Current.Get(Samples.Rate), store.Current.In("http").Get(Samples.Rate), store.Current.In("actor").Get(Samples.Rate)));
        Assert.Equal(0.6, KnobView.Of(store, "A")["HTTP_FAILURE_RATE"].Value);
    }

    [Fact]
    public void The_plain_knob_changes_the_other_lanes_only_while_it_is_set()
    {
        Patch("""{"HTTP_FAILURE_RATE":0.6}""");
        Patch("""{"FAILURE_RATE":0.1}""");
        Assert.Equal((0.6, 0.1), (store.Current.In("http").Get(Samples.Rate), store.Current.In("actor").Get(Samples.Rate)));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    public void Null_or_an_empty_text_takes_it_off(string nothing)
    {
        Patch("""{"HTTP_FAILURE_RATE":0.6}""");
        Patch($$"""{"HTTP_FAILURE_RATE":{{nothing}}}""");
        Assert.Equal(0.3, store.Current.In("http").Get(Samples.Rate));
        Assert.False(KnobView.Of(store, "A").ContainsKey("HTTP_FAILURE_RATE"));
    }

    [Fact]
    public void A_plain_knob_cannot_be_taken_off() =>
        Assert.True(store.Patch(Samples.Json("""{"FAILURE_RATE":null}""")).Any);

    [Fact]
    public void It_takes_its_value_as_a_text_as_well_because_its_type_is_not_shown_before()
    {
        Patch("""{"HTTP_FAILURE_RATE":"0.6","HTTP_JITTER":"equal"}""");
        Assert.Equal((0.6, Spread.Equal), (store.Current.In("http").Get(Samples.Rate), store.Current.In("http").Get(Samples.Jitter)));
        Assert.Equal("must be a number in 0..1, but is \"7\"",
            store.Patch(Samples.Json("""{"HTTP_FAILURE_RATE":"7"}""")).ByField["HTTP_FAILURE_RATE"][0]);
    }

    [Fact]
    public void The_environment_sets_it_and_a_reset_returns_to_that()
    {
        var started = new KnobStore(all, KnobStore.Read(all, Samples.Environment(("HTTP_BASE_LATENCY_MS", "7"), ("SEED", "1"))));
        Assert.Equal("SEED=1 HTTP_BASE_LATENCY_MS=7", started.Current.ToString());
        started.Patch(Samples.Json("""{"HTTP_BASE_LATENCY_MS":null,"HTTP_FAILURE_RATE":1}"""));
        Assert.Equal(0, KnobValues.Difference(started.Current, started.Current).Length);
        started.Reset();
        Assert.Equal("SEED=1 HTTP_BASE_LATENCY_MS=7", started.Current.ToString());
    }

    [Fact]
    public void A_change_says_what_was_not_set_before()
    {
        var before = store.Current;
        Patch("""{"HTTP_FAILURE_RATE":0.6}""");
        Assert.Equal("HTTP_FAILURE_RATE (not set) -> 0.6", KnobValues.Difference(before, store.Current));
    }

    [Fact]
    public void What_both_services_share_has_no_value_of_one_lane() =>
        Assert.DoesNotContain(all, knob => knob.Name == "HTTP_SEED");

    void Patch(string json) => Assert.False(store.Patch(Samples.Json(json)).Any);
}
