using System.Buffers.Binary;

namespace TinyResilient.Shared.Hosting.Remoting;

/// <summary>
/// Finds in a frame what Akka 1.5.74 deals with at any cost. A reliable delivery has a number, and Akka lists every
/// number that is missing before it: one frame can take all memory. An ack that lists missing numbers ends in a
/// quarantine. No honest peer writes either: only system messages are delivered reliably, and none of them crosses
/// (<see cref="ClosedSerialization"/>).
/// </summary>
static class FrameCheck
{
    internal const string Malformed = "a frame that Akka.Remote does not write";
    internal const string Numbered = "the number of a reliable delivery, and there are none here";
    internal const string Missing = "an ack that misses reliable deliveries, and there are none here";

    // What Akka writes instead of a number. A number that is left out is number 0
    const ulong NoNumber = ulong.MaxValue;

    // Tags of protobuf: number of the field times 8, and how its length is told; as in Akka's WireFormats.proto
    const byte Payload = 0x0A, Ack = 0x0A, Envelope = 0x12, Number = 0x29, MissingOne = 0x11, MissingMany = 0x12;

    const int Varint = 0, Fixed64 = 1, Counted = 2, Fixed32 = 5;

    /// <summary>
    /// What is wrong with the frame, or null. Every field is looked at, as the last of a kind counts, or all together.
    /// </summary>
    internal static string? Refusal(ReadOnlySpan<byte> frame)
    {
        while (!frame.IsEmpty)
        {
            if (!Next(ref frame, out var tag, out var value))
                return Malformed;
            if (tag == Payload && OfContainer(value) is { } refusal)
                return refusal;
        }
        return null;
    }

    static string? OfContainer(ReadOnlySpan<byte> container)
    {
        while (!container.IsEmpty)
        {
            if (!Next(ref container, out var tag, out var value))
                return Malformed;
            var refusal = tag switch { Ack => OfAck(value), Envelope => OfEnvelope(value), _ => null };
            if (refusal is not null)
                return refusal;
        }
        return null;
    }

    static string? OfEnvelope(ReadOnlySpan<byte> envelope)
    {
        var isUnnumbered = false;
        while (!envelope.IsEmpty)
        {
            if (!Next(ref envelope, out var tag, out var value))
                return Malformed;
            if (tag != Number)
                continue;
            if (BinaryPrimitives.ReadUInt64LittleEndian(value) != NoNumber)
                return Numbered;
            isUnnumbered = true;
        }
        return isUnnumbered ? null : Numbered;
    }

    static string? OfAck(ReadOnlySpan<byte> ack)
    {
        while (!ack.IsEmpty)
        {
            if (!Next(ref ack, out var tag, out _))
                return Malformed;
            if (tag is MissingOne or MissingMany)
                return Missing;
        }
        return null;
    }

    /// <summary>
    /// Takes a field off the front. False where it does not end, or where Akka's parser could see another field than
    /// we do.
    /// </summary>
    static bool Next(ref ReadOnlySpan<byte> rest, out byte tag, out ReadOnlySpan<byte> value)
    {
        tag = rest[0];
        rest = rest[1..];
        value = default;
        // A tag of more than one byte can be one of ours in disguise; the fields of Akka have numbers below 16
        if (tag > 0x7F)
            return false;
        var length = (tag & 7) switch
        {
            Varint => rest.IndexOfAnyInRange<byte>(0, 0x7F) + 1,
            Fixed64 => 8,
            Counted => Length(ref rest),
            Fixed32 => 4,
            _ => -1,
        };
        if (length < 0 || length > rest.Length || (tag & 7) == Varint && length is 0 or > 10)
            return false;
        value = rest[..length];
        rest = rest[length..];
        return true;
    }

    // -1 where it is longer than any frame
    static int Length(ref ReadOnlySpan<byte> rest)
    {
        var length = 0;
        for (var read = 0; read < 4 && read < rest.Length; read++)
        {
            length |= (rest[read] & 0x7F) << (7 * read);
            if (rest[read] > 0x7F)
                continue;
            rest = rest[(read + 1)..];
            return length;
        }
        return -1;
    }
}
