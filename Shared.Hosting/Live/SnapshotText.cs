using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace TinyResilient.Shared.Hosting;

/// <summary>
/// Takes snapshots as JSON. One that fails, or is not there after two seconds, is left out and logged
/// once, until one succeeds again; it never throws, because nobody would hear it behind a timer.
/// </summary>
sealed class SnapshotText(Func<Task<object>> snapshot, TimeProvider time, ILogger log)
{
    static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    bool _failing;

    /// <summary>Null when there is none this time.</summary>
    public async Task<string?> Next()
    {
        try
        {
            var json = JsonSerializer.Serialize(await snapshot().WaitAsync(Limit, time), Json.Options);
            _failing = false;
            return json;
        }
        catch (Exception e)
        {
            if (!_failing)
                log.LogError(e, "No snapshot for /events");
            _failing = true;
            return null;
        }
    }
}
