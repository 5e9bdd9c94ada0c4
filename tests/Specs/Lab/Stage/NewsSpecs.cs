using System.Text.Json.Nodes;
using TinyResilient.Lab.Stage;
using Xunit;

namespace Specs.Lab.Stage;

public class NewsSpecs
{
    [Theory]
    [InlineData("""{"A":{"value":0.3},"B":{"value":1}}""", """{"A":{"value":0.6},"B":{"value":1}}""", "A 0.3 -> 0.6")]
    [InlineData("""{"A":{"value":"full"}}""", """{"A":{"value":"equal"},"HTTP_A":{"value":"none"}}""", "A full -> equal|HTTP_A -> none")]
    [InlineData("""{"HTTP_A":{"value":true}}""", "{}", "HTTP_A taken off")]
    [InlineData("""{"A":{"value":1}}""", """{"A":{"value":1,"differs":{}}}""", "")]
    [InlineData("""{"A":{"value":1},"B":{"value":1},"C":{"value":1},"D":{"value":1}}""",
        """{"A":{"value":2},"B":{"value":2},"C":{"value":2},"D":{"value":2}}""", "4 knobs changed: A, B, C, …")]
    public void A_knob_that_was_turned_is_told_with_both_values(string before, string now, string told) =>
        Assert.Equal(told, string.Join('|', News.OfKnobs(JsonNode.Parse(before)!.AsObject(), JsonNode.Parse(now)!.AsObject())));

    [Theory]
    [InlineData("[]", """[{"kind":"corrupt","probability":0.02,"fast":false,"lane":"both","worker":null,"from_s":0,"for_s":null,"name":"corrupt","active":true}]""",
        "faults set: corrupt probability 0.02")]
    [InlineData("""[{"kind":"outage"}]""", """[{"kind":"stall","lane":"http","from_s":2,"for_s":5},{"kind":"outage","fast":true}]""",
        "faults set: stall lane http from_s 2 for_s 5; outage fast true")]
    [InlineData("""[{"kind":"outage"}]""", "[]", "no fault is set any more")]
    [InlineData("""[{"kind":"outage","active":true}]""", """[{"kind":"outage","active":false}]""", null)]
    public void Faults_are_told_with_what_is_not_as_usual(string before, string now, string? told) =>
        Assert.Equal(told, News.OfFaults(JsonNode.Parse(before)!.AsArray(), JsonNode.Parse(now)!.AsArray()));

    [Theory]
    [InlineData("open", "breaker of lane http opened")]
    [InlineData("half_open", "breaker of lane http is half-open: one probe may try")]
    [InlineData("closed", "breaker of lane http closed")]
    public void A_breaker_is_told_in_a_word_that_the_room_knows(string now, string told) => Assert.Equal(told, News.OfBreaker("http", now));
}
