using TinyResilient.Shared.Hosting;
using Xunit;

namespace Specs.Hosting;

public class ProportionKnobSpecs
{
    static readonly Knob<Proportion> knob = Knob.ShareOf("RETRY_BUDGET", ["requests", "successes"], KnobLevel.Advanced, "retries");
    readonly KnobStore store = Samples.Store([knob]);

    [Theory]
    [InlineData("none", "none")]
    [InlineData("NONE", "none")]
    [InlineData("requests:0.1", "requests:0.1")]
    [InlineData("Successes:1", "successes:1")]
    [InlineData("requests:0", "requests:0")]
    public void It_is_none_or_a_word_with_a_share(string given, string shown)
    {
        Assert.False(store.Patch(Samples.Json($$"""{"RETRY_BUDGET":"{{given}}"}""")).Any);
        Assert.Equal(shown, KnobView.Of(store, "A")["RETRY_BUDGET"].Value);
    }

    [Theory]
    [InlineData("\"requests\"")]
    [InlineData("\"requests:1.1\"")]
    [InlineData("\"requests:-0.1\"")]
    [InlineData("\"requests:NaN\"")]
    [InlineData("\"requests:1e-3\"")]
    [InlineData("\"none:0.1\"")]
    [InlineData("\"failures:0.1\"")]
    [InlineData("0.1")]
    [InlineData("null")]
    public void Anything_else_is_refused(string given) => Assert.Contains(
        "must be none or requests:R or successes:R with R in 0..1",
        store.Patch(Samples.Json($$"""{"RETRY_BUDGET":{{given}}}""")).ByField["RETRY_BUDGET"][0], StringComparison.Ordinal);
}
