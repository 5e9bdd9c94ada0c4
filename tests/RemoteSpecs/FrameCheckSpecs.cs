using System.Collections;
using System.Reflection;
using Akka.Remote;
using Google.Protobuf;
using TinyResilient.Shared.Hosting.Remoting;
using Xunit;
using static RemoteSpecs.RawFrames;

namespace RemoteSpecs;

public sealed class FrameCheckSpecs
{
    const string Messages = "Akka.Remote.Serialization.Proto.Msg.", Path = "akka.tcp://tiny@host:1/user/x";

    /// <summary>What the check lets through is for Akka's own parser without a number, or broken.</summary>
    [Fact]
    public void Nothing_that_it_lets_through_has_a_number_for_Akka()
    {
        var random = new Random(5);
        var (refused, clean) = (0, 0);
        for (var round = 0; round < 100_000; round++)
        {
            var frame = Broken(Frame(random), random);
            if (FrameCheck.Refusal(frame) is not null)
                refused++;
            else if (Parsed("AkkaProtocolMessage", frame) is { } message
                && Parsed("AckAndEnvelopeContainer", Of<ByteString>(message, "Payload").ToByteArray()) is { } container)
            {
                clean++;
                if (Of<IMessage?>(container, "Envelope") is { } envelope)
                    Assert.Equal(NoNumber, Of<ulong>(envelope, "Seq"));
                if (Of<IMessage?>(container, "Ack") is { } ack)
                    Assert.Empty(Of<IEnumerable>(ack, "Nacks"));
            }
        }
        Assert.InRange(refused, 10_000, 90_000);
        Assert.InRange(clean, 10_000, 90_000);
    }

    [Fact]
    public void Every_frame_of_an_honest_peer_is_let_through()
    {
        for (var length = 0; length < 32_000; length += 111)
            Assert.Null(FrameCheck.Refusal(Payload(
                Ack(Fixed64(0x09, NoNumber)),
                Envelope(Field(0x0A, Field(0x0A, Path)), Field(0x12, new byte[length]), Number(NoNumber)))));
    }

    // All that must be right, in any order, some of it more than once
    static byte[] Frame(Random random)
    {
        byte[][] envelope = [Probe(Path), Number(NoNumber), Number(NoNumber), Number((ulong)random.Next(9))];
        byte[][] ack = [Fixed64(0x09, NoNumber), Fixed64(0x11, 3), Field(0x12, new byte[8])];
        byte[][] container =
            [Envelope(Some(envelope, 0.7)), Ack(Some(ack, 0.4)), Envelope(Some(envelope, 0.7)), [0x48, 1]];
        byte[][] frame = [Payload(Some(container, 0.5)), Payload(Some(container, 0.5)), [0x35, 1, 2, 3, 4]];
        return [.. Some(frame, 0.5).SelectMany(part => part)];

        byte[][] Some(byte[][] parts, double share)
        {
            var some = parts.Where(_ => random.NextDouble() < share).ToArray();
            random.Shuffle(some);
            return some;
        }
    }

    static byte[] Broken(byte[] frame, Random random)
    {
        for (var times = random.Next(3); times > 0 && frame.Length > 0; times--)
            frame[random.Next(frame.Length)] = (byte)random.Next(256);
        return frame;
    }

    static IMessage? Parsed(string type, byte[] bytes)
    {
        var parser = typeof(RemoteSettings).Assembly.GetType(Messages + type, throwOnError: true)!
            .GetProperty("Parser", BindingFlags.Static | BindingFlags.Public)!.GetValue(null)!;
        try
        {
            return ((MessageParser)parser).ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    static T Of<T>(IMessage message, string field) => (T)message.GetType().GetProperty(field)!.GetValue(message)!;
}
