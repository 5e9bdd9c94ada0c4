using System.Net.Sockets;
using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace ProcessSpecs;

/// <summary>A service that is told to stop finishes what it has begun.</summary>
[Collection(Collections.Beside)]
public sealed class ShutdownSpecs(ITestOutputHelper screen) : IDisposable
{
    const int InFlight = 20;

    readonly Pair pair = new(screen, ("FAILURE_RATE", "0"), ("BASE_LATENCY_MS", "4000"), ("MAX_LATENCY_MS", "0"),
        ("REQUEST_TIMEOUT_S", "30"), ("TOTAL_TIMEOUT_S", "30"));

    public void Dispose() => pair.Dispose();

    [PosixFact]
    public async Task Service_a_answers_what_is_in_flight_and_takes_no_new_connection()
    {
        await pair.StartBoth();
        var requests = await RequestsAtWork();

        pair.A.Send(Signal.Terminate);
        await Until.Fact("a new connection is refused", () => IsRefused(pair.HttpA));

        Assert.All(await Task.WhenAll(requests), answer => Assert.Equal(200, answer.Status));
        Assert.Equal(0, await pair.A.ExitCode());
    }

    [PosixFact]
    public async Task Service_b_answers_what_its_workers_have_begun()
    {
        await pair.StartBoth();
        var requests = await RequestsAtWork();

        pair.B.Send(Signal.Terminate);
        await Pair.Readiness(pair.ClientA, 503);
        var refused = await pair.ClientA.Process("late");

        Assert.Equal((503, "failure: service-b unavailable"), (refused.Status, refused.Note));
        Assert.All(await Task.WhenAll(requests), answer => Assert.Equal(200, answer.Status));
        Assert.Equal(0, await pair.B.ExitCode());
    }

    async Task<IReadOnlyList<Task<Answer>>> RequestsAtWork()
    {
        var requests = Enumerable.Range(1, InFlight).Select(n => pair.ClientA.Process($"{n}")).ToList();
        await Until.Fact("all work has begun", () => pair.ClientB.Ledger("attempts"), work => work.Of("running") == InFlight);
        return requests;
    }

    static async Task<bool> IsRefused(int port)
    {
        using var socket = new TcpClient();
        try
        {
            await socket.ConnectAsync("127.0.0.1", port);
            return false;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.ConnectionRefused;
        }
    }
}
