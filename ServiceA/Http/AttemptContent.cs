using System.Net;

namespace TinyResilient.ServiceA.Http;

/// <summary>
/// The empty content of an attempt. It knows whether the attempt has gone out: it is asked for its bytes when the headers are
/// written, and pushes those out before it says so. Without any content the handler would send a GET again behind our back,
/// up to four times, when its connection breaks.
/// </summary>
sealed class AttemptContent : HttpContent
{
    volatile bool isWritten;

    /// <summary>Whether the connection has taken the whole request; ServiceB may still not see it.</summary>
    public bool IsWritten => isWritten;

    protected override Task SerializeToStreamAsync(Stream wire, TransportContext? context) =>
        SerializeToStreamAsync(wire, context, default);

    protected override async Task SerializeToStreamAsync(Stream wire, TransportContext? context, CancellationToken givenUp)
    {
        await wire.FlushAsync(givenUp);
        isWritten = true;
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return true;
    }
}
