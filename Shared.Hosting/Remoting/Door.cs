using Akka.Event;
using DotNetty.Transport.Channels;

namespace TinyResilient.Shared.Hosting.Remoting;

/// <summary>
/// Who is let in at the remoting port. It promises that no more connections are open than the files of this process
/// allow. Where all are, a newcomer takes the place of who is waiting longest without having said a word; so who
/// introduces itself gets in beside any number who do not. Who has spoken is never closed for another: where all have,
/// the newcomer is.
/// </summary>
sealed class Door(int most, ILoggingAdapter log) : ChannelHandlerAdapter
{
    readonly Lock _lock = new();
    readonly LinkedList<IChannel> _silent = [];
    int _open;

    /// <summary>What the channel of a port reads are its connections, one at a time.</summary>
    public override void ChannelRead(IChannelHandlerContext context, object message)
    {
        var (port, channel) = (context.Channel, (IChannel)message);
        var place = Enter(port, channel, out var oldest);
        if (place is null || oldest is not null)
            log.Warning(
                "All {0} connections of the remoting port are open: who has said nothing is closed, the oldest first, "
                + "then who comes. The most follows from how many files this process may open (ulimit -n)", most);
        oldest?.CloseAsync();
        if (place is null)
        {
            // Nobody knows of it yet, so it is closed when we come back
            channel.Unsafe.CloseForcibly();
            return;
        }
        channel.CloseCompletion.ContinueWith(_ => Leave(port, place),
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        channel.Pipeline.AddLast(new Entry(new FrameGuard(log, () => Speak(place))));
        context.FireChannelRead(message);
    }

    LinkedListNode<IChannel>? Enter(IChannel port, IChannel channel, out IChannel? oldest)
    {
        lock (_lock)
        {
            oldest = _open >= most ? _silent.First?.Value : null;
            if (_open >= most && oldest is null)
                return null;
            if (oldest is not null)
                _silent.RemoveFirst();
            // The next ones wait until who has to leave has left
            port.Configuration.AutoRead = ++_open <= most;
            return _silent.AddLast(channel);
        }
    }

    void Speak(LinkedListNode<IChannel> place)
    {
        lock (_lock)
            place.List?.Remove(place);
    }

    void Leave(IChannel port, LinkedListNode<IChannel> place)
    {
        lock (_lock)
        {
            place.List?.Remove(place);
            port.Configuration.AutoRead = --_open <= most;
        }
    }

    /// <summary>
    /// Puts the guard where frames are whole and in clear text, as soon as Akka has put its own handlers there.
    /// </summary>
    sealed class Entry(FrameGuard guard) : ChannelHandlerAdapter
    {
        public override void ChannelActive(IChannelHandlerContext context)
        {
            context.Channel.Pipeline.AddBefore("ServerHandler", null, guard);
            context.FireChannelActive();
        }
    }
}
