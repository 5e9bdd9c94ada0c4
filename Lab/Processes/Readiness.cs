using System.Text.Json.Nodes;
using TinyResilient.Lab.Http;

namespace TinyResilient.Lab.Processes;

/// <summary>Waits until a service says that it is ready; never longer than the limit.</summary>
sealed class Readiness(HttpClient http, TimeProvider time)
{
    /// <summary>Ends a hang, not a slow start: on a full machine a service may get a twentieth of it, and then needs 50 s.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    const string Silent = "does not answer";
    static readonly TimeSpan pause = TimeSpan.FromMilliseconds(100);

    /// <summary>A client that gives up on an answer soon: the question is asked again.</summary>
    public static HttpClient Client() => new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(1) };

    /// <summary>Null once it answered 200; otherwise what it said last:
    /// <c>answers 503 (not connected)</c>.</summary>
    /// <param name="isStarting">False: it is there, or is not waited for. Then its client must leave it time for an answer.</param>
    /// <exception cref="OperationCanceledException">Nobody waits any more.</exception>
    public async Task<string?> WaitAsync(Uri address, CancellationToken stopping, bool isStarting = true)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var answer = await AskAsync(address, stopping);
            if (answer is null || (answer == Silent && !isStarting) || time.GetElapsedTime(began) >= Limit)
                return answer;
            await Task.Delay(pause, time, stopping);
        }
    }

    /// <summary>The same, but asks once.</summary>
    public async Task<string?> AskAsync(Uri address, CancellationToken stopping)
    {
        var answer = await new ServiceClient(http, token: null).GetAsync(address, "", stopping);
        return answer.IsOk ? null : answer.IsAnswer ? Words(answer.Status, answer.Body) : Silent;
    }

    internal static string Words(int status, string body)
    {
        var reason = Json.Parse(body)?["reason"] ?? Json.Parse(body)?["detail"];
        return reason is JsonValue ? $"answers {status} ({reason})" : $"answers {status}";
    }
}
