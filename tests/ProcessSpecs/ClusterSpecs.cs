using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace ProcessSpecs;

/// <summary>Several ServiceB in a cluster: they join, leave, die and stand still while requests are under way.</summary>
[Collection(Collections.Beside)]
public sealed class ClusterSpecs(ITestOutputHelper screen)
{
    static readonly (string, string)[] calm = [("FAILURE_RATE", "0"), ("BASE_LATENCY_MS", "200"), ("MAX_LATENCY_MS", "0"), ("COOL_DOWN_SECONDS", "0.5")];
    static readonly (string, string) patient = ("REQUEST_TIMEOUT_S", "5"); // where all must succeed, also on a busy machine
    static readonly TimeSpan longerThanTheFailureDetector = TimeSpan.FromSeconds(15);

    [PosixFact]
    public async Task A_node_that_joins_gets_work_and_one_that_is_told_to_leave_loses_none()
    {
        using var cluster = New(("MAX_RETRIES", "0"), patient);
        await cluster.StartAll(2);
        var (first, second) = (cluster.B[0], cluster.B[1]);
        var loads = Loads(cluster);
        await Successes(loads, 20);

        var third = cluster.StartB(2);
        await cluster.AreUp(first, second, third);
        await Until.Fact("it works", async () => (await third.Client.Ledger("attempts")).Of("completed") > 0
            && (await third.Client.Ledger("attempts", "http")).Of("completed") > 0);

        second.Program.Send(Signal.Terminate);
        Assert.Equal(0, await second.Program.ExitCode());
        await cluster.AreUp(first, third);
        await Successes(loads, 20);
        await End(loads);

        Assert.All(loads.SelectMany(load => load.Answers), answer => Assert.Equal(200, answer.Status)); // without a single retry
        await cluster.Balance(first, third);
        Assert.True(await Sent(cluster, second) > 0, "what it did is still in the books");
    }

    [PosixFact]
    public async Task A_killed_node_costs_what_was_on_it_a_retry_goes_elsewhere_and_it_comes_back_at_its_old_address()
    {
        using var cluster = New(patient);
        await cluster.StartAll(3);
        var loads = Loads(cluster);
        await Successes(loads, 30);

        await Books.LongWork(cluster.B[1].Client);
        cluster.B[1].Program.Send(Signal.Kill);
        await Successes(loads, 30);
        cluster.StartB(1);
        await cluster.AreUp(cluster.B[0], cluster.B[1], cluster.B[2]);
        await Successes(loads, 30);
        await End(loads);

        Assert.All(loads.SelectMany(load => load.Answers), answer => Assert.Equal(200, answer.Status));
        Assert.True((await Books.Attempts(cluster.A)).Of("gone_with_node") > 0);
        await cluster.Balance(cluster.B[0], cluster.B[1], cluster.B[2]);
    }

    [PosixFact]
    public async Task A_node_that_stands_still_for_fifteen_seconds_remains_a_member_and_goes_on()
    {
        using var cluster = New(("CLUSTER_DOWN_AFTER_S", "60"));
        await cluster.StartAll(3);
        var loads = Loads(cluster);
        await Successes(loads, 30);

        cluster.B[2].Program.Send(Signal.Pause);
        await Task.Delay(longerThanTheFailureDetector, TimeProvider.System);
        await Successes(loads, 30);
        cluster.B[2].Program.Send(Signal.Resume);
        await cluster.AreUp(cluster.B[0], cluster.B[1], cluster.B[2]);
        var before = await Sent(cluster, cluster.B[2]);
        await Until.Fact("it gets work again", async () => await Sent(cluster, cluster.B[2]) > before + 10);
        await End(loads);

        Assert.False(cluster.B[2].Program.HasExited);
        Assert.DoesNotContain(loads.SelectMany(load => load.Answers), answer => answer.Status == 0);
        await cluster.Balance(cluster.B[0], cluster.B[1], cluster.B[2]);
    }

    [PosixFact]
    public async Task The_gateway_survives_the_loss_of_all_nodes_and_serves_again_once_they_are_back()
    {
        using var cluster = New(("CLUSTER_DOWN_AFTER_S", "10"));
        await cluster.StartAll(3);
        var loads = Loads(cluster);
        await Successes(loads, 30);

        foreach (var member in cluster.B) member.Program.Send(Signal.Kill);
        await cluster.AreUp();
        await Until.Fact("all have been put out", async () => (await cluster.A.Get("/readyz")).Text
            .Contains("no service-b is a member of the cluster", StringComparison.Ordinal));
        foreach (var load in loads)
            await load.Saw("refused at once", answer => answer is { Status: 503, RetryAfter: not null, Note: "failure: service-b unavailable" });

        for (var index = 0; index < 3; index++) cluster.StartB(index);
        await cluster.AreUp([.. cluster.B]);
        await Pair.IsReady(cluster.A);
        await Successes(loads, 30);
        await End(loads);

        Assert.DoesNotContain(loads.SelectMany(load => load.Answers), answer => answer.Status == 0);
        await cluster.Balance([.. cluster.B]);
    }

    [PosixFact]
    public async Task A_node_that_was_put_out_says_so_in_one_line_and_ends_and_joins_as_a_new_one()
    {
        using var cluster = New(("CLUSTER_DOWN_AFTER_S", "10"));
        await cluster.StartAll(2);
        var load = new Load(cluster.A);
        await load.MoreSuccesses(20);
        var outcast = cluster.B[1].Program;

        outcast.Send(Signal.Pause);
        await Until.Fact("it has left", async () => (bool?)(await cluster.A.Get("/state")).Json["lanes"]!["actor"]!["nodes"]![
            cluster.B[1].Remote]!["has_left"] == true);
        outcast.Send(Signal.Resume);
        Assert.Equal(3, await outcast.ExitCode());
        Assert.Single(outcast.Output.Split('\n'), line => line.Contains("the cluster has put service-b out", StringComparison.Ordinal));

        cluster.StartB(1);
        await cluster.AreUp(cluster.B[0], cluster.B[1]);
        await load.MoreSuccesses(20);
        await load.End();
        await cluster.Balance(cluster.B[0], cluster.B[1]);
    }

    [PosixFact]
    public async Task A_gateway_that_was_killed_finds_its_cluster_again()
    {
        using var cluster = New();
        await cluster.StartAll(2);
        cluster.ServiceA.Send(Signal.Kill);
        await cluster.ServiceA.ExitCode();

        cluster.StartA();
        await cluster.AreUp(cluster.B[0], cluster.B[1]);
        await Pair.IsReady(cluster.A);
        Assert.Equal(200, (await cluster.A.Process("again")).Status);
        Assert.All(cluster.B, member => Assert.False(member.Program.HasExited));
    }

    [PosixFact]
    public async Task A_node_that_has_not_heard_that_it_is_up_when_its_gateway_dies_ends_before_those_that_are_up_and_all_find_each_other()
    {
        using var cluster = New(("CLUSTER_DOWN_AFTER_S", "15"));
        await cluster.StartAll(2);
        cluster.B[1].Program.Send(Signal.Pause); // who is up must have seen the third before that one is up
        var third = cluster.StartB(2);
        await Until.Fact("it was let in", async () => (await third.Client.Get("/readyz")).Text
            .Contains("let into the cluster, but not up yet", StringComparison.Ordinal));
        cluster.ServiceA.Send(Signal.Kill);
        await cluster.ServiceA.ExitCode();

        Assert.Equal(3, await third.Program.ExitCode());
        cluster.B[1].Program.Send(Signal.Resume);
        cluster.StartA();
        cluster.StartB(2);
        await cluster.AreUp([.. cluster.B]);
        Assert.Equal(200, (await cluster.A.Process("again")).Status);
        Assert.All(cluster.B, member => Assert.False(member.Program.HasExited));
    }

    [PosixFact]
    public async Task Several_gateways_share_the_nodes_and_a_killed_one_costs_only_its_own_requests()
    {
        using var cluster = New(patient);
        await cluster.StartAll(2);
        cluster.StartA(1);
        cluster.StartA(2);
        await AllAreUp();
        var quiet = cluster.Gateways.Select(gateway => Loads(gateway.Client)).ToArray();
        await Task.WhenAll(quiet.Select(loads => Successes(loads, 20)));
        await Task.WhenAll(quiet.Select(End));
        Assert.All(Answers(quiet), answer => Assert.Equal(200, answer.Status)); // the same request ids at every gateway
        foreach (var lane in (string[])["actor", "http"])
            Assert.Equal(await Sum(cluster.Gateways, async gateway => (await Books.Attempts(gateway, lane)).Of("sent")),
                await Sum(cluster.B, async node => (await Books.Work(node, lane)).Of("received")));

        var loaded = cluster.Gateways.Select(gateway => Loads(gateway.Client)).ToArray();
        await Task.WhenAll(loaded.Select(loads => Successes(loads, 20)));
        cluster.Gateways[2].Program.Send(Signal.Kill);
        await Task.WhenAll(loaded[..2].Select(loads => Successes(loads, 50)));
        await Task.WhenAll(loaded.Select(End));
        Assert.All(Answers(loaded[..2]), answer => Assert.Equal(200, answer.Status));
        Assert.Contains(Answers(loaded[2..]), answer => answer.Status == 0);
        foreach (var gateway in cluster.Gateways.Take(2))
            await RunningCluster.BalanceOf(gateway.Client, [.. cluster.B]);

        cluster.StartA(2);
        await AllAreUp();
        Assert.Equal(200, (await cluster.Gateways[2].Client.Process("again")).Status);

        Task AllAreUp() => Task.WhenAll(cluster.Gateways.Select(gateway => RunningCluster.AreUpFor(gateway.Client, [.. cluster.B])));
    }

    RunningCluster New(params (string, string)[] more) => new(screen, [.. calm, .. more]);

    static Load[] Loads(RunningCluster cluster) => Loads(cluster.A);

    static Load[] Loads(Client gateway) => [new(gateway), new(gateway, "http")];

    static IEnumerable<Answer> Answers(IEnumerable<Load[]> loads) => loads.SelectMany(some => some).SelectMany(load => load.Answers);

    static async Task<long> Sum(IEnumerable<RunningCluster.Member> members, Func<Client, Task<long>> count) =>
        (await Task.WhenAll(members.Select(member => count(member.Client)))).Sum();

    static Task Successes(Load[] loads, int count) => Task.WhenAll(loads.Select(load => load.MoreSuccesses(count)));

    static async Task End(Load[] loads) => await Task.WhenAll(loads.Select(load => load.End()));

    static async Task<long> Sent(RunningCluster cluster, RunningCluster.Member member) =>
        (await cluster.A.Get("/ledger")).Json["lanes"]!["actor"]!["nodes"]![member.Remote]!.AsObject().Of("sent");
}
