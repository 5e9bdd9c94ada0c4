using System.Text.Json;
using TinyResilient.ServiceB.Faults;
using TinyResilient.Shared.Hosting;
using Xunit;

namespace Specs.ServiceB;

public class FaultReaderSpecs
{
    [Fact]
    public void A_kind_alone_is_a_fault_and_the_second_of_a_kind_has_a_name_of_its_own()
    {
        var faults = Read("""[{"kind":"error"},{"kind":"corrupt"},{"kind":"error","probability":0.5}]""", out var errors);
        Assert.False(errors.Any);
        Assert.Equal(["error", "corrupt", "error#2"], faults.Select(fault => fault.Name));
        Assert.Equal([1, 1, 0.5], faults.Select(fault => fault.Probability));
    }

    [Fact]
    public void An_empty_list_is_no_fault() => Assert.Empty(Read("[]", out _));

    [Fact]
    public void A_fault_is_shown_with_all_parameters_of_its_kind_and_whether_it_is_active() => Assert.Equal(
        """{"kind":"corrupt","probability":0.01,"fast":false,"lane":"both","worker":null,"from_s":0,"for_s":null,"name":"corrupt","active":true}""",
        FaultReader.Show(Read("""[{"kind":"corrupt","probability":0.01}]""", out _)[0], true).ToJsonString());

    [Fact]
    public void Every_kind_can_be_put_and_what_is_shown_can_be_put_back()
    {
        var all = string.Join(',', Enum.GetValues<FaultKind>().Select(kind => $$"""{"kind":"{{kind.Word()}}","lane":"http","from_s":1,"for_s":2}"""));
        var faults = Read($"[{all}]", out _);
        var shown = string.Join(',', faults.Select(fault => FaultReader.Show(fault, false).ToJsonString()));
        Assert.Equal(faults, Read($"[{shown}]", out var errors));
        Assert.False(errors.Any, errors.ToString());
        Assert.Equal(Enum.GetValues<FaultKind>().Length, faults.Count);
    }

    [Theory]
    [InlineData("{}", "body", "must be a list of faults, but is an object")]
    [InlineData("[7]", "[0]", "must be an object with a kind, but is 7")]
    [InlineData("[{}]", "[0].kind", "is missing; must be one of error, burst, slow, hang, crash, corrupt, silent, external, needs_rest, query_of_death, ack_lost, stall, outage, first_k, crash_loop")]
    [InlineData("""[{"kind":7}]""", "[0].kind", "must be one of error, burst, slow, hang, crash, corrupt, silent, external, needs_rest, query_of_death, ack_lost, stall, outage, first_k, crash_loop, but is 7")]
    [InlineData("""[{"kind":"query-of-death"}]""", "[0].kind", "is no kind of fault: \"query-of-death\"; did you mean query_of_death?")]
    [InlineData("""[{"kind":"error"},{"kind":"corrupt","probability":1.5}]""", "[1].probability", "must be a number in 0..1, but is 1.5")]
    [InlineData("""[{"kind":"error","probability":-0.1}]""", "[0].probability", "must be a number in 0..1, but is -0.1")]
    [InlineData("""[{"kind":"error","probability":1e999}]""", "[0].probability", "must be a number in 0..1, but is 1e999")]
    [InlineData("""[{"kind":"error","probability":"0.1"}]""", "[0].probability", "must be a number in 0..1, but is \"0.1\"")]
    [InlineData("""[{"kind":"error","probability":null}]""", "[0].probability", "must be a number in 0..1, but is null")]
    [InlineData("""[{"kind":"error","probabilty":1}]""", "[0].probabilty", "is not a parameter of error; did you mean probability?")]
    [InlineData("""[{"kind":"stall","probability":1}]""", "[0].probability", "is not a parameter of stall; there are lane, from_s, for_s")]
    [InlineData("""[{"kind":"error","k":1,"k":2}]""", "[0].k", "is not a parameter of error; there are probability, fast, lane, worker, from_s, for_s")]
    [InlineData("""[{"kind":"error","lane":"both","lane":"http"}]""", "[0].lane", "is given more than once")]
    [InlineData("""[{"kind":"error","lane":"htp"}]""", "[0].lane", "must be one of actor, http, both, but is \"htp\"")]
    [InlineData("""[{"kind":"error","worker":-1}]""", "[0].worker", "must be a whole number in 0..9999, or null, but is -1")]
    [InlineData("""[{"kind":"error","worker":8}]""", "[0].worker", "must be in 0..7, or null, as WORKERS is 8, but is 8")]
    [InlineData("""[{"kind":"error","worker":1.5}]""", "[0].worker", "must be a whole number in 0..9999, or null, but is 1.5")]
    [InlineData("""[{"kind":"error","from_s":-1}]""", "[0].from_s", "must be a number in 0..86400, but is -1")]
    [InlineData("""[{"kind":"error","for_s":-1}]""", "[0].for_s", "must be a number in 0..86400, or null, but is -1")]
    [InlineData("""[{"kind":"error","fast":"yes"}]""", "[0].fast", "must be true or false, but is \"yes\"")]
    [InlineData("""[{"kind":"slow","distribution":"normal"}]""", "[0].distribution", "must be one of lognormal, exponential, fixed, but is \"normal\"")]
    [InlineData("""[{"kind":"burst","mean_s":0}]""", "[0].mean_s", "must be a number in 0.001..86400, but is 0")]
    [InlineData("""[{"kind":"crash_loop","directive":"resume"}]""", "[0].directive", "must be one of stop, restart, but is \"resume\"")]
    public void What_is_wrong_is_named_with_its_value_and_what_is_allowed(string body, string field, string message)
    {
        Assert.Empty(Read(body, out var errors));
        Assert.Equal(message, errors.ByField[field][0]);
    }

    [Fact]
    public void Everything_that_is_wrong_is_named_not_only_the_first()
    {
        Read("""[{"kind":"eror"},{"kind":"error","probability":7,"worker":"all"},8]""", out var errors);
        Assert.Equal(["[0].kind", "[1].probability", "[1].worker", "[2]"], errors.ByField.Keys);
    }

    [Fact]
    public void More_than_a_hundred_faults_are_refused()
    {
        Read($"[{string.Join(',', Enumerable.Repeat("""{"kind":"error"}""", 101))}]", out var errors);
        Assert.Equal("must have at most 100 faults", errors.ByField["body"][0]);
    }

    static IReadOnlyList<Fault> Read(string json, out FieldErrors errors)
    {
        errors = new FieldErrors();
        return FaultReader.Read(JsonDocument.Parse(json).RootElement, workers: 8, errors);
    }
}
