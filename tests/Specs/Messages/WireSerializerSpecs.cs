using System.Runtime.Serialization;
using System.Text;
using Akka.Actor;
using TinyResilient.Shared.Messages;
using Xunit;

namespace Specs.Messages;

public class WireSerializerSpecs : ActorSpecs
{
    readonly WireSerializer serializer;

    public WireSerializerSpecs() => serializer = new WireSerializer((ExtendedActorSystem)Sys);

    public static TheoryData<object> Messages =>
    [
        new Probe(),
        new Probed("incarnation", "host", Accepting: true),
        new DoWork(7, "42-1", 2, 987.5, 123456.789, "sender", "00-trace"),
        new DoWork(8, "42-1", 1, 0, 0, "sender", null),
        new WorkAnswer(7, WorkOutcome.Failed, "host", 12.5, 3, "error"),
        new WorkAnswer(7, WorkOutcome.Busy, "host"),
    ];

    [Theory]
    [MemberData(nameof(Messages))]
    public void Every_record_of_the_protocol_comes_back_as_it_was(object message) =>
        Assert.Equal(message, serializer.FromBinary(serializer.ToBinary(message), serializer.Manifest(message)));

    [Fact]
    public void Every_record_of_the_protocol_is_bound_to_the_serializer() =>
        Assert.Equal(WireSerializer.Types, ((IEnumerable<object[]>)Messages).Select(row => row[0].GetType()).Distinct());

    [Theory]
    [InlineData("unknown", "{}")]
    [InlineData("System.String, mscorlib", "\"\"")]
    [InlineData("do", "")]
    [InlineData("do", "null")]
    [InlineData("do", "{")]
    [InlineData("do", "{}")]
    [InlineData("do", """{"CallId":1,"RequestId":null,"Attempt":1,"BudgetMs":1,"SentMs":1,"Sender":"s","TraceParent":null}""")]
    [InlineData("do", """{"CallId":1,"RequestId":"","Attempt":1,"BudgetMs":1,"SentMs":1,"Sender":"s","TraceParent":null}""")]
    [InlineData("do", """{"CallId":1,"RequestId":"x","Attempt":0,"BudgetMs":1,"SentMs":1,"Sender":"s","TraceParent":null}""")]
    [InlineData("do", """{"CallId":1,"RequestId":"x","Attempt":1,"BudgetMs":-1,"SentMs":1,"Sender":"s","TraceParent":null}""")]
    [InlineData("an", "null")]
    [InlineData("pd", "[]")]
    public void What_is_not_of_the_protocol_is_refused(string manifest, string payload) =>
        Assert.Throws<SerializationException>(() => serializer.FromBinary(Encoding.UTF8.GetBytes(payload), manifest));

    [Fact]
    public void What_is_not_of_the_protocol_is_not_sent() =>
        Assert.Throws<SerializationException>(() => serializer.ToBinary("a string"));
}
