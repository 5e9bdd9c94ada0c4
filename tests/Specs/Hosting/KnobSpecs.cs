using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using TinyResilient.Shared.Hosting;
using Xunit;

namespace Specs.Hosting;

public class KnobSpecs
{
    [Theory]
    [InlineData("FAILURE_RATE", "7")]
    [InlineData("FAILURE_RATE", "0,5")]
    [InlineData("FAILURE_RATE", "NaN")]
    [InlineData("FAILURE_RATE", "1e999")]
    [InlineData("FAILURE_RATE", "-0.1")]
    [InlineData("BASE_LATENCY_MS", "2.5")]
    [InlineData("BASE_LATENCY_MS", "99999999999999999999")]
    [InlineData("ANSWER_FIRST", "1")]
    [InlineData("JITTER", "0")]
    [InlineData("JITTER", "full,equal")]
    public void Refuses_a_text_that_is_not_wanted(string name, string text)
    {
        var environment = Samples.Environment((name, text));
        KnobStore.Read(Samples.All, environment);
        var knob = Samples.All.Single(k => k.Name == name);
        Assert.Equal([$"{name}: \"{text}\" is not {knob.Wanted}"], environment.Errors);
    }

    [Theory]
    [InlineData("""{"FAILURE_RATE":7}""", "FAILURE_RATE must be a number in 0..1, but is 7")]
    [InlineData("""{"FAILURE_RATE":"0.5"}""", "FAILURE_RATE must be a number in 0..1, but is \"0.5\"")]
    [InlineData("""{"FAILURE_RATE":null}""", "FAILURE_RATE must be a number in 0..1, but is null")]
    [InlineData("""{"FAILURE_RATE":1e999}""", "FAILURE_RATE must be a number in 0..1, but is 1e999")]
    [InlineData("""{"FAILURE_RATE":[1]}""", "FAILURE_RATE must be a number in 0..1, but is a list")]
    [InlineData("""{"BASE_LATENCY_MS":2.5}""", "BASE_LATENCY_MS must be a whole number in 0..60000, but is 2.5")]
    [InlineData("""{"ANSWER_FIRST":"true"}""", "ANSWER_FIRST must be true or false, but is \"true\"")]
    [InlineData("""{"JITTER":1}""", "JITTER must be one of full, equal, none_at_all, but is 1")]
    [InlineData("""{"JITTER":"some"}""", "JITTER must be one of full, equal, none_at_all, but is \"some\"")]
    [InlineData("""{"failure_rate":1}""", "failure_rate is not a knob; did you mean FAILURE_RATE?")]
    [InlineData("""{"COLOUR":1}""", "COLOUR is not a knob; GET /knobs lists them")]
    [InlineData("""{"JITTER":"full","JITTER":"equal"}""", "JITTER is given more than once")]
    [InlineData("[]", "body must be an object of knobs and values, but is a list")]
    [InlineData("{}", "body must name at least one knob")]
    [InlineData("null", "body must be an object of knobs and values, but is null")]
    public void Refuses_JSON_that_is_not_wanted(string patch, string error) =>
        Assert.Equal(error, Samples.Store().Check(Samples.Json(patch)).ToString());

    [Fact]
    public void Reads_text_the_same_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator = ",";
        try
        {
            var values = KnobStore.Read(Samples.All, Samples.Environment(("FAILURE_RATE", " 0.5 "), ("JITTER", "Equal")));
            Assert.Equal((0.5, Spread.Equal), (values.Get(Samples.Rate), values.Get(Samples.Jitter)));
            Assert.Equal("FAILURE_RATE=0.5 JITTER=equal", values.ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_seed_of_zero_becomes_one_from_the_clock_whenever_it_is_taken_in()
    {
        var time = new FakeTimeProvider();
        var seed = Knob.Seed(time);
        var store = Samples.Store([seed]);
        var first = store.Current.Get(seed);
        time.Advance(TimeSpan.FromSeconds(1));
        store.Patch(Samples.Json("""{"SEED":0}"""));
        Assert.Equal(first + 1000, store.Current.Get(seed));
        store.Reset();
        Assert.Equal(first, store.Current.Get(seed));
    }

    [Fact]
    public void Minus_zero_is_zero()
    {
        var store = Samples.Store();
        store.Patch(Samples.Json("""{"FAILURE_RATE":-0}"""));
        Assert.Equal("FAILURE_RATE=0", store.Current.ToString());
    }
}
