using System.Net.Sockets;
using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace ProcessSpecs;

/// <summary>Strangers speak to the remoting port of ServiceB while it works.</summary>
public sealed class GarbageSpecs(RunningPair running, ITestOutputHelper screen) : RunningPairSpecs(running, screen)
{
    const int Strangers = 50;

    [Fact]
    public async Task Garbage_on_the_remoting_port_disturbs_nobody_and_fills_no_log()
    {
        var before = Pair.B.Output.Split('\n').Length;
        var load = new Load(A);
        await load.MoreSuccesses(5);
        for (var n = 0; n < Strangers; n++)
            await Say(n % 2 == 0 ? "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray() : Noise(n));
        await load.MoreSuccesses(20);
        await load.End();

        Assert.All(load.Answers, answer => Assert.Equal(200, answer.Status));
        Assert.InRange(Pair.B.Output.Split('\n').Length - before, 1, 6);
    }

    async Task Say(byte[] bytes)
    {
        using var stranger = new TcpClient();
        await stranger.ConnectAsync("127.0.0.1", Pair.RemoteB);
        await stranger.GetStream().WriteAsync(bytes);
    }

    static byte[] Noise(int seed)
    {
        var bytes = new byte[400];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
