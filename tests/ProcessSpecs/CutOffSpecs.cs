using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace ProcessSpecs;

/// <summary>
/// A node of the cluster is cut off from all others, in both directions at once, or from the gateway alone, while requests are
/// under way; then the network heals.
/// </summary>
[Collection(Collections.Beside)]
public sealed class CutOffSpecs(ITestOutputHelper screen) : IDisposable
{
    static readonly TimeSpan halfAMinute = TimeSpan.FromSeconds(30), tenSeconds = TimeSpan.FromSeconds(10);
    readonly CutOff network = new();
    RunningCluster cluster = null!;

    [NetworkFact]
    public async Task A_node_that_is_cut_off_for_half_a_minute_is_put_out_and_ends_and_the_others_go_on()
    {
        var loads = await Begin(downAfterS: 15);
        network.Cut();
        await Task.Delay(halfAMinute, TimeProvider.System);
        await cluster.AreUp(cluster.B[0]);
        await Successes(loads, 30);
        network.Heal();

        var outcast = cluster.B[1].Program;
        Assert.Equal(3, await outcast.ExitCode());
        Assert.Single(outcast.Output.Split('\n'), line => line.Contains("the cluster has put service-b out", StringComparison.Ordinal));
        cluster.StartB(1);
        await BothWork();
        await End(loads);
    }

    [NetworkFact]
    public async Task A_node_that_is_cut_off_for_ten_seconds_remains_a_member_and_goes_on()
    {
        var loads = await Begin(downAfterS: 60);
        network.Cut();
        await Task.WhenAll(Successes(loads, 30), Task.Delay(tenSeconds, TimeProvider.System));
        network.Heal();

        await BothWork();
        Assert.False(cluster.B[1].Program.HasExited);
        await End(loads);
    }

    [NetworkFact]
    public async Task Where_one_link_to_the_gateway_breaks_the_node_behind_it_is_put_out_and_all_others_stay()
    {
        var loads = await Begin(downAfterS: 10);
        var link = cluster.Gateways[0].RemotePort;
        network.CutFrom(link);
        var outcast = cluster.B[1].Program;
        Assert.Equal(3, await outcast.ExitCode());
        Assert.Single(outcast.Output.Split('\n'), line => line.Contains("the cluster has put service-b out", StringComparison.Ordinal));
        network.HealFrom(link);
        cluster.StartB(1);
        await BothWork();
        Assert.False(cluster.ServiceA.HasExited);
        Assert.False(cluster.B[0].Program.HasExited);
        Assert.Single(cluster.ServiceA.Output.Split('\n'), line => line.Contains("puts ", StringComparison.Ordinal));
        await End(loads);
    }

    public void Dispose()
    {
        cluster?.Dispose(); // none where it could not begin
        network.Dispose();
    }

    async Task<Load[]> Begin(int downAfterS)
    {
        cluster = new RunningCluster(screen, network.Here, ("FAILURE_RATE", "0"), ("BASE_LATENCY_MS", "100"), ("MAX_LATENCY_MS", "0"),
            ("COOL_DOWN_SECONDS", "0.5"), ("CLUSTER_DOWN_AFTER_S", $"{downAfterS}"));
        cluster.Add(network.There, network.Inside);
        await cluster.StartAll(2);
        Load[] loads = [new(cluster.A), new(cluster.A, "http")];
        await Successes(loads, 30);
        return loads;
    }

    async Task BothWork()
    {
        await cluster.AreUp([.. cluster.B]);
        foreach (var lane in (string[])["actor", "http"])
            foreach (var member in cluster.B)
            {
                var before = await Completed(member, lane);
                await Until.Fact("it works in both lanes", async () => await Completed(member, lane) > before + 20);
            }
    }

    async Task End(Load[] loads)
    {
        await Task.WhenAll(loads.Select(load => load.End()));
        Assert.DoesNotContain(loads.SelectMany(load => load.Answers), answer => answer.Status == 0);
        Assert.True((await Books.Attempts(cluster.A)).Of("gone_with_node") > 0, "what was under way when the network was cut");
        await cluster.Balance([.. cluster.B]);
    }

    static Task Successes(Load[] loads, int count) => Task.WhenAll(loads.Select(load => load.MoreSuccesses(count)));

    static async Task<long> Completed(RunningCluster.Member member, string lane) => (await member.Client.Ledger("attempts", lane)).Of("completed");
}
