using System.Text.Json.Nodes;
using TinyResilient.Lab.Knobs;
using Xunit;

namespace Specs.Lab;

public class AssignmentSpecs
{
    static readonly KnobTable knobs = KnobTable.Read("""
        {
          "FAILURE_RATE": { "value": 0.3, "default": 0.3 },
          "MAX_RETRIES": { "value": 2 },
          "SEED": { "value": 1 },
          "DEADLINE_PROPAGATION": { "value": true },
          "JITTER": { "value": "full" }
        }
        """)!;

    [Theory]
    [InlineData("FAILURE_RATE=0.6", "FAILURE_RATE", "0.6")]
    [InlineData("RETRY_BUDGET=requests:0.1", "RETRY_BUDGET", "requests:0.1")]
    [InlineData("NAME=a=b", "NAME", "a=b")]
    [InlineData("NAME=", "NAME", "")]
    public void A_name_stands_before_the_first_equals_sign(string text, string name, string value) =>
        Assert.Equal(new Assignment(name, value), Assignment.Read(text));

    [Theory]
    [InlineData("FAILURE_RATE")]
    [InlineData("=0.6")]
    [InlineData("")]
    public void Without_a_name_or_an_equals_sign_it_is_no_assignment(string text) => Assert.Null(Assignment.Read(text));

    [Theory]
    [InlineData("FAILURE_RATE=0.6", """{"FAILURE_RATE":0.6}""")]
    [InlineData("FAILURE_RATE=1", """{"FAILURE_RATE":1}""")]
    [InlineData("MAX_RETRIES=-1", """{"MAX_RETRIES":-1}""")]
    [InlineData("SEED=9223372036854775807", """{"SEED":9223372036854775807}""")]
    [InlineData("DEADLINE_PROPAGATION=False", """{"DEADLINE_PROPAGATION":false}""")]
    [InlineData("JITTER=equal", """{"JITTER":"equal"}""")]
    [InlineData("JITTER=1", """{"JITTER":"1"}""")]
    public void A_value_is_sent_as_the_type_that_the_knob_has(string text, string patch) =>
        Assert.Equal(patch, Patch(text));

    [Theory]
    [InlineData("FAILURE_RATE=0,6", """{"FAILURE_RATE":"0,6"}""")]
    [InlineData("FAILURE_RATE=NaN", """{"FAILURE_RATE":"NaN"}""")]
    [InlineData("FAILURE_RATE=", """{"FAILURE_RATE":""}""")]
    [InlineData("DEADLINE_PROPAGATION=yes", """{"DEADLINE_PROPAGATION":"yes"}""")]
    [InlineData("FAILURE_RAT=0.6", """{"FAILURE_RAT":"0.6"}""")]
    public void What_does_not_fit_is_sent_as_it_is_for_the_service_to_refuse(string text, string patch) =>
        Assert.Equal(patch, Patch(text));

    [Fact]
    public void Several_assignments_are_one_patch() =>
        Assert.Equal("""{"FAILURE_RATE":0.6,"JITTER":"equal"}""", Patch("FAILURE_RATE=0.6", "JITTER=equal"));

    [Fact]
    public void What_changed_is_told_and_what_did_not_as_well()
    {
        var after = KnobTable.Read("""{"FAILURE_RATE":{"value":0.6},"JITTER":{"value":"full"}}""")!;

        Assert.Equal(["FAILURE_RATE 0.3 -> 0.6", "JITTER full (as before)"],
            KnobTable.Changes(knobs, after, ["FAILURE_RATE", "JITTER"]));
    }

    [Fact]
    public void A_knob_of_one_lane_that_is_not_set_is_told_as_such()
    {
        var without = KnobTable.Read("""{"HTTP_MAX_RETRIES":{"value":""}}""")!;
        var with = KnobTable.Read("""{"HTTP_MAX_RETRIES":{"value":0}}""")!;

        Assert.Equal(["HTTP_MAX_RETRIES (not set) -> 0"], KnobTable.Changes(knobs, with, ["HTTP_MAX_RETRIES"]));
        Assert.Equal(["HTTP_MAX_RETRIES 0 -> (not set)"], KnobTable.Changes(with, without, ["HTTP_MAX_RETRIES"]));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("<html>")]
    [InlineData("")]
    public void An_answer_that_is_no_object_is_no_table_of_knobs(string answer) => Assert.Null(KnobTable.Read(answer));

    [Fact]
    public void The_presets_are_those_of_the_documents()
    {
        Assert.Equal("FAILURE_RATE=0.6 MAX_LATENCY_MS=1500", Preset.Describe("evil"));
        Assert.Equal("FAILURE_RATE=0 MAX_LATENCY_MS=50", Preset.Describe("calm"));
        Assert.Equal(["calm", "evil"], Preset.All.Keys);
    }

    static string Patch(params string[] texts) =>
        knobs.Patch(texts.Select(text => Assignment.Read(text)!)).ToJsonString();
}
