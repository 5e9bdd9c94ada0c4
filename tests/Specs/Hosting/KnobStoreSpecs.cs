using TinyResilient.Shared.Hosting;
using Xunit;

namespace Specs.Hosting;

public class KnobStoreSpecs
{
    readonly KnobStore _store = Samples.Store();

    [Fact]
    public void Changes_nothing_when_one_of_several_is_bad()
    {
        var before = _store.Current;
        var errors = _store.Patch(Samples.Json("""{"BASE_LATENCY_MS":5,"FAILURE_RATE":7,"COLOUR":1}"""));
        Assert.Equal(["FAILURE_RATE", "COLOUR"], errors.ByField.Keys);
        Assert.Same(before, _store.Current);
    }

    [Fact]
    public void Takes_a_good_patch_whole_and_tells_once()
    {
        var told = new List<string>();
        _store.Changed += (before, after) => told.Add(KnobValues.Difference(before, after));
        Assert.False(_store.Patch(Samples.Json("""{"FAILURE_RATE":0.6,"ANSWER_FIRST":false,"JITTER":"equal"}""")).Any);
        Assert.Equal(["FAILURE_RATE 0.3 -> 0.6, ANSWER_FIRST true -> false, JITTER full -> equal"], told);
    }

    [Fact]
    public void A_check_changes_nothing()
    {
        var before = _store.Current;
        Assert.False(_store.Check(Samples.Json("""{"FAILURE_RATE":0.6}""")).Any);
        Assert.Same(before, _store.Current);
    }

    [Fact]
    public void A_request_keeps_the_values_it_began_with()
    {
        var taken = _store.Current;
        _store.Patch(Samples.Json("""{"FAILURE_RATE":0.6}"""));
        Assert.Equal((0.3, 0.6), (taken.Get(Samples.Rate), _store.Current.Get(Samples.Rate)));
    }

    [Fact]
    public void A_reset_returns_to_the_values_of_the_environment()
    {
        var store = new KnobStore(Samples.All,
            KnobStore.Read(Samples.All, Samples.Environment(("FAILURE_RATE", "0.9"), ("JITTER", ""))));
        store.Patch(Samples.Json("""{"FAILURE_RATE":0.1,"JITTER":"equal"}"""));
        store.Reset();
        Assert.Equal("FAILURE_RATE=0.9", store.Current.ToString());
    }

    [Fact]
    public void Patches_at_once_are_told_one_after_another()
    {
        var told = new List<(long Before, long After)>();
        _store.Changed += (before, after) => told.Add((before.Get(Samples.Latency), after.Get(Samples.Latency)));
        Parallel.For(1, 101, n => _store.Patch(Samples.Json($$"""{"BASE_LATENCY_MS":{{n}}}""")));
        Assert.Equal(100, told.Count);
        Assert.All(told.Zip(told.Skip(1)), pair => Assert.Equal(pair.First.After, pair.Second.Before));
    }
}
