using Akka.Event;
using DotNetty.Buffers;
using DotNetty.Common.Utilities;
using DotNetty.Transport.Channels;

namespace TinyResilient.Shared.Hosting.Remoting;

/// <summary>
/// Sees each frame of a connection before Akka does, and ends the connection at the first that
/// <see cref="FrameCheck"/> refuses.
/// </summary>
/// <param name="greeted">Called at the first frame that is not refused.</param>
sealed class FrameGuard(ILoggingAdapter log, Action? greeted = null) : ChannelHandlerAdapter
{
    Action? _greeted = greeted;
    bool _ended;

    public override void ChannelRead(IChannelHandlerContext context, object message)
    {
        var frame = (IByteBuffer)message;
        // Others may have come in the same packet
        if (_ended || Refusal(frame) is { } refusal && End(context, refusal))
        {
            ReferenceCountUtil.Release(message);
            return;
        }
        _greeted?.Invoke();
        _greeted = null;
        context.FireChannelRead(message);
    }

    static string? Refusal(IByteBuffer frame) =>
        FrameCheck.Refusal(frame.Array.AsSpan(frame.ArrayOffset + frame.ReaderIndex, frame.ReadableBytes));

    bool End(IChannelHandlerContext context, string refusal)
    {
        _ended = true;
        log.Warning("Ended the connection with {0}: {1}", context.Channel.RemoteAddress, refusal);
        context.CloseAsync();
        return true;
    }
}
