using System.Net.Sockets;
using System.Text;
using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace ProcessSpecs;

/// <summary>Headers that clients really send, byte by byte. None of them may cost anybody an answer.</summary>
public sealed class TraceParentSpecs(RunningPair running, ITestOutputHelper screen) : RunningPairSpecs(running, screen)
{
    const string One = "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\n";

    static readonly string[] headers =
    [
        One, One + One, One + One + One, "traceparent:\r\n", "traceparent: \t\r\n", $"traceparent: {new string('x', 129)}\r\n",
        $"traceparent: {new string('x', 20_000)}\r\n", "traceparent: tr\xe4ce\r\n", "traceparent: tr\xc3\xa4ce\r\n", "TraceParent: a\tb\r\n",
        $"traceparent: cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-{new string('y', 400)}\r\n",
        $"{One}tracestate: {new string('s', 9_000)}\r\n", $"baggage: {new string('b', 9_000)}\r\n",
    ];

    [Theory]
    [InlineData("actor", "/process")]
    [InlineData("http", "/process/http")]
    public async Task What_is_no_traceparent_is_ignored_and_costs_nobody_an_answer(string lane, string path)
    {
        foreach (var header in headers)
        {
            var answer = await Raw(path, header);
            Assert.StartsWith("HTTP/1.1 200 ", answer);
            Assert.Contains("\"breaker_state\":\"closed\"", answer, StringComparison.Ordinal);
        }
        var attempts = await Books.Attempts(A, lane);
        var work = await Books.Work(B, lane);
        Assert.Equal((headers.Length, headers.Length, 0), (attempts.Of("sent"), work.Of("completed"), attempts.Of("in_flight")));
    }

    async Task<string> Raw(string path, string header)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", Pair.HttpA);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{header}\r\n"));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync().WaitAsync(Until.Limit, TimeProvider.System);
    }
}
