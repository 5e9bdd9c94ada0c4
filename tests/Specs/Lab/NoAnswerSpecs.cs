using System.Net;
using System.Net.Sockets;
using System.Text;
using TinyResilient.Lab.Http;
using TinyResilient.Lab.Processes;
using TinyResilient.Lab.Running;
using Xunit;

namespace Specs.Lab;

// Whatever a service does, it is an answer or none: nothing that asks one ends by an exception, unless it is told to stop.
public class NoAnswerSpecs
{
    static readonly Uri address = new("http://127.0.0.1:1/");

    public static TheoryData<Exception> Broken =>
    [
        new HttpRequestException(),
        new TaskCanceledException(), // HttpClient's own time limit
        new IOException(), // these two HttpClient lets out as they are, when a peer resets a connection at the wrong moment
        new SocketException((int)SocketError.NotConnected),
    ];

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task However_the_connection_breaks_that_is_no_answer(Exception broken)
    {
        using var http = new HttpClient(new Wire(() => throw broken));
        Assert.Equal(ServiceAnswer.None, await new ServiceClient(http, null).GetAsync(address, "state"));
        Assert.Equal("does not answer", await new Readiness(http, TimeProvider.System).AskAsync(address, default));
        Assert.False(await new Controls(http, address, [address]).IsDoneAsync("42-1", TimeProvider.System, default));
    }

    [Fact]
    public async Task Who_is_told_to_stop_does_not_take_that_for_an_answer()
    {
        using var stopped = new CancellationTokenSource();
        using var http = new HttpClient(new Wire(() =>
        {
            stopped.Cancel();
            throw new OperationCanceledException();
        }));
        var stop = stopped.Token;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new ServiceClient(http, null).GetAsync(address, "state", stop));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new Readiness(http, TimeProvider.System).AskAsync(address, stop));
    }

    [Fact]
    public async Task An_answer_in_an_encoding_that_does_not_exist_is_an_answer()
    {
        using var http = new HttpClient(new Wire(() =>
        {
            var body = new ByteArrayContent(Encoding.UTF8.GetBytes("""{"reason":"ü"}"""));
            body.Headers.TryAddWithoutValidation("Content-Type", "application/json; charset=nonsense");
            return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable) { Content = body };
        }));
        Assert.Equal(new(503, """{"reason":"ü"}"""), await new ServiceClient(http, null).GetAsync(address, "readyz"));
        Assert.Equal("answers 503 (ü)", await new Readiness(http, TimeProvider.System).AskAsync(address, default));
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(20, "")]
    [InlineData(20, "HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n{")]
    public async Task A_peer_that_resets_its_connections_does_not_answer(int reads, string says)
    {
        await using var peer = new ResettingPeer(reads, says);
        using var http = ServiceClient.Http(TimeSpan.FromMinutes(1));
        var client = new ServiceClient(http, null);
        for (var round = 0; round < 20; round++)
            Assert.All(await Task.WhenAll(Enumerable.Range(0, 25).Select(_ => client.GetAsync(peer.Url, "state"))),
                answer => Assert.Equal(ServiceAnswer.None, answer));
    }

    [Fact]
    public async Task Who_runs_already_but_missed_a_heartbeat_is_waited_for_and_who_does_not_answer_is_not()
    {
        var asked = 0;
        using var late = new HttpClient(new Wire(() =>
            new(++asked == 1 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK)));
        Assert.Null(await new Readiness(late, TimeProvider.System).WaitAsync(address, default, isStarting: false));

        using var none = new HttpClient(new Wire(() => asked++ == 2 ? throw new IOException() : new(HttpStatusCode.OK)));
        Assert.Equal("does not answer", await new Readiness(none, TimeProvider.System).WaitAsync(address, default, isStarting: false));
    }

    sealed class Wire(Func<HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Yield();
            return answer();
        }
    }
}
