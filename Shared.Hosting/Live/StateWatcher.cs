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

    public void SendSnapshot(string json, long now)
    {
        Seen = json;
        Send(new(json), now);
    }

    public void SendHeartbeat(long now) => Send(new("{}", "heartbeat"), now);

    void Send(SseItem<string> item, long now)
    {
        SentAt = now;
        Events.Writer.TryWrite(item);
    }
}
