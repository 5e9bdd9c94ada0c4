using System.Net;
using System.Net.Sockets;
using System.Text;
using TinyResilient.ServiceA;
using TinyResilient.ServiceA.Http;
using TinyResilient.ServiceA.Upstream;
using Xunit;

namespace Specs.ServiceA;

/// <summary>A node of lane http with a ServiceB that answers by script.</summary>
sealed class ScriptedNode(ScriptedServer server, HttpNode node)
{
    public ScriptedServer Server => server;
    public string BreakerState => node.BreakerState;
    public TimeSpan? ProbeIn => node.ProbeIn;
    public IAttemptLedger Ledger => node.Ledger;

    public void Tune(GatewayKnobs knobs) => node.Tune(knobs);

    public void Replace() => node.Breaker.Replace();

    public static implicit operator HttpNode(ScriptedNode scripted) => scripted.Node;

    HttpNode Node => node;
}

/// <summary>
/// Gives these answers to the attempts that reach it: a word of ServiceB's outcomes, <c>broken</c> for a connection that
/// breaks, <c>reset</c> or <c>cut</c> for one whose own exception HttpClient lets out, <c>bug</c> for what must not happen, or
/// null for silence, until a spec answers.
/// </summary>
sealed class ScriptedServer(string?[] script) : HttpMessageHandler
{
    readonly List<TaskCompletionSource<string>> answers = [];

    public List<HttpRequestMessage> Seen { get; } = [];

    public void Answer(int request, string outcome) => answers[request].SetResult(outcome);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (Seen)
        {
            Assert.True(Seen.Count < script.Length, "more attempts than were scripted");
            answers.Add(answer);
            if (script[Seen.Count] is { } outcome) answer.SetResult(outcome);
            Seen.Add(request);
        }
        await request.Content!.CopyToAsync(Stream.Null, cancellationToken); // as a handler does that has a connection
        return Response(await answer.Task.WaitAsync(cancellationToken));
    }

    static HttpResponseMessage Response(string outcome)
    {
        var response = new HttpResponseMessage(outcome switch
        {
            "completed" => HttpStatusCode.OK,
            "busy" or "draining" => HttpStatusCode.ServiceUnavailable,
            "expired" => HttpStatusCode.GatewayTimeout,
            "broken" => throw new HttpRequestException("the connection broke"),
            "reset" => throw new SocketException((int)SocketError.NotConnected),
            "cut" => throw new IOException("the connection was cut"),
            "bug" => throw new InvalidOperationException("a bug"),
            _ => HttpStatusCode.InternalServerError,
        })
        {
            Content = new StringContent(
                """{"status":"ok","host":"host","processing_ms":5}""", Encoding.UTF8, "application/json"),
        };
        response.Headers.Add("X-Outcome", outcome);
        response.Headers.Add("X-Worker", "3");
        if (outcome == "failed") response.Headers.Add("X-Fault", "error");
        return response;
    }
}
