using System.Net.ServerSentEvents;
using System.Threading.Channels;

namespace TinyResilient.Shared.Hosting;

/// <summary>One stream: holds the newest event until it is read, and what was sent last.</summary>
sealed class StateWatcher(long since)
{
    public Channel<SseItem<string>> Events { get; } = Channel.CreateBounded<SseItem<string>>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>True while something sent is not yet read: a heartbeat must not push it out.</summary>
    public bool IsBehind => Events.Reader.Count > 0;

    public string? Seen { get; private set; }
    public long SentAt { get; private set; } = since;

    public void Send(SseItem<string> item, string json, long now)
    {
        (Seen, SentAt) = (json, now);
        Events.Writer.TryWrite(item);
    }
}
