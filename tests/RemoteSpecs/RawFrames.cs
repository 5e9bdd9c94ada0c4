using System.Buffers.Binary;
using System.Text;
using Akka.Actor;

namespace RemoteSpecs;

/// <summary>Frames of Akka.Remote as its WireFormats.proto has them, by hand, so that they can also be wrong.</summary>
static class RawFrames
{
    public const ulong NoNumber = ulong.MaxValue;

    public static byte[] Field(byte tag, params byte[][] parts)
    {
        byte[] value = [.. parts.SelectMany(part => part)];
        return [tag, .. Varint((uint)value.Length), .. value];
    }

    public static byte[] Field(byte tag, string text) => Field(tag, Encoding.UTF8.GetBytes(text));

    public static byte[] Fixed64(byte tag, ulong value)
    {
        var bytes = new byte[9];
        bytes[0] = tag;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(1), value);
        return bytes;
    }

    public static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value > 0x7F; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        return [.. bytes, (byte)value];
    }

    /// <summary>How a peer introduces itself.</summary>
    public static byte[] Associate(Address origin, ulong uid = 1) => Field(0x12, [0x08, 1], Field(0x12,
        Field(0x0A,
            Field(0x0A, origin.System), Field(0x12, origin.Host!), [0x18, .. Varint((uint)origin.Port!.Value)],
            Field(0x22, origin.Protocol)),
        Fixed64(0x11, uid)));

    public static byte[] Payload(params byte[][] container) => Field(0x0A, container);

    public static byte[] Ack(params byte[][] fields) => Field(0x0A, fields);

    public static byte[] Envelope(params byte[][] fields) => Field(0x12, fields);

    public static byte[] Number(ulong number) => Fixed64(0x29, number);

    /// <summary>A probe for the actor, without a number.</summary>
    public static byte[] Probe(string actor) =>
        [.. Field(0x0A, Field(0x0A, actor)), .. Field(0x12, [0x10, .. Varint(7301)], Field(0x1A, "pr"))];
}
