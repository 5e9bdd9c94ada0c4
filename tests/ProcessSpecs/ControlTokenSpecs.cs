using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace ProcessSpecs;

/// <summary>Both services know one token. It opens them to people, and goes from neither to anybody.</summary>
public sealed class ControlTokenSpecs(ITestOutputHelper screen)
{
    const string Token = "f3rn-4nd-m0ss";
    const string Hang = """[{"kind":"hang","probability":0}]""";
    static readonly (string, string) bearer = ("Authorization", $"Bearer {Token}");

    [Fact]
    public async Task Service_a_changes_service_b_and_a_stranger_in_its_place_learns_nothing_that_opens_anything()
    {
        using var pair = new Pair(screen, ("CONTROL_TOKEN", Token));
        await pair.StartBoth();
        await EverythingIsChanged(pair.ClientA);
        Assert.Equal(401, (await pair.ClientB.Patch("""{"FAILURE_RATE":0.5}""")).Status);
        Assert.Equal(200, (await pair.ClientB.Patch("""{"FAILURE_RATE":0.5}""", bearer)).Status);

        pair.B.Send(Signal.Kill);
        await pair.B.ExitCode();
        SentRequest[] sent;
        await using (var stranger = new StandIn(Answer, pair.HttpB))
        {
            await EverythingIsChanged(pair.ClientA);
            sent = [.. stranger.Requests];
        }
        HasAllChanges(sent);
        pair.StartB();
        await Pair.IsReady(pair.ClientB);
        foreach (var request in sent)
        {
            Assert.DoesNotContain(Token, request.Text, StringComparison.Ordinal);
            if (request.Header("Authorization") is not { } proof)
                continue;
            Assert.Equal(401, (await Replay(pair.ClientA, request.Target)).Status);
            Assert.Equal(401, (await Replay(pair.ClientB, request.Target == "/faults" ? "/knobs" : "/faults")).Status);

            Task<Answer> Replay(Client service, string target) =>
                service.Send(new(request.Method), target, request.Body,
                    ("Authorization", proof), ("Host", request.Header("Host")!));
        }
        foreach (var service in (RunningProgram[])[pair.A, pair.B])
            Assert.DoesNotContain(Token, service.Output + service.Errors, StringComparison.Ordinal);
    }

    [LinuxFact] // where every address of 127.0.0.0/8 is this machine's
    public async Task A_stranger_that_joins_the_cluster_is_sent_nothing_that_opens_a_member()
    {
        using var cluster = new RunningCluster(screen, ("CONTROL_TOKEN", Token));
        await cluster.StartAll(1);
        var port = Ports.Free();
        await using var listener = new StandIn(Answer, port, "127.0.0.2");
        // It says that it is a ServiceB at 127.0.0.2, where somebody else listens.
        using var member = RunningProgram.Start("ServiceB", [], new Dictionary<string, string>
        {
            ["HTTP_BIND"] = "127.0.0.1",
            ["HTTP_PORT"] = $"{port}",
            ["REMOTE_BIND"] = "127.0.0.2",
            ["REMOTE_PORT"] = $"{Ports.Free()}",
            ["CLUSTER_SEEDS"] = cluster.Gateways[0].Remote,
        });
        await Until.Fact("it has joined", async () =>
            (await cluster.A.Get("/state")).Text.Contains($"127.0.0.2:{port}", StringComparison.Ordinal));
        await EverythingIsChanged(cluster.A);

        HasAllChanges(listener.Requests);
        foreach (var request in listener.Requests)
        {
            Assert.DoesNotContain(Token, request.Text, StringComparison.Ordinal);
            if (request.Header("Authorization") is not { } proof)
                continue;
            foreach (var one in (RunningCluster.Member[])[cluster.Gateways[0], cluster.B[0]])
                foreach (var host in (string[])[$"127.0.0.2:{port}", $"127.0.0.1:{port}", $"127.0.0.1:{one.HttpPort}"])
                {
                    var answer = await one.Client.Send(new(request.Method), request.Target, request.Body,
                        ("Authorization", proof), ("Host", host));
                    Assert.Equal(host == $"127.0.0.2:{port}" ? 400 : 401, answer.Status);
                }
        }
    }

    // Again on a 503: on a busy machine two seconds may be too short for an answer.
    static async Task EverythingIsChanged(Client gateway)
    {
        await Changed(HttpMethod.Patch, "/knobs", """{"FAILURE_RATE":0.25}""");
        await Changed(HttpMethod.Put, "/faults", Hang);
        await Changed(HttpMethod.Get, "/faults", null);
        await Changed(HttpMethod.Post, "/reset", null);

        async Task Changed(HttpMethod method, string path, string? body)
        {
            var answer = await Until.Fact(
                $"{method} {path}", () => gateway.Send(method, path, body, bearer), answer => answer.Status != 503);
            Assert.True(answer.Status is 200 or 204, $"{answer}");
        }
    }

    static void HasAllChanges(IEnumerable<SentRequest> sent) => Assert.Equal(
        ["PATCH /knobs", "PATCH /knobs?validate=true", "POST /reset", "PUT /faults", "PUT /faults?validate=true"],
        sent.Where(one => one.Method != "GET").Select(one => $"{one.Method} {one.Target}")
            .Distinct().Order(StringComparer.Ordinal));

    static byte[] Answer(string request) => request.Split(' ') switch
    {
        ["POST", ..] or [_, "/knobs?validate=true" or "/faults?validate=true", _] => StandIn.Reply(204, ""),
        [_, "/faults", _] => StandIn.Reply(200, "[]"),
        [_, "/knobs", _] => StandIn.Reply(200, StandIn.Knobs),
        _ => StandIn.Reply(503, "{}"),
    };
}
