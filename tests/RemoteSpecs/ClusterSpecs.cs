using Akka.Actor;
using Akka.Cluster;
using Microsoft.Extensions.Logging.Abstractions;
using ProcessSpecs.Harness;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Hosting.Remoting;
using TinyResilient.Shared.Messages;
using Xunit;
using static RemoteSpecs.Stranger;
using ClusterSettings = TinyResilient.Shared.Hosting.ClusterSettings;
using Ports = ProcessSpecs.Harness.Ports;

namespace RemoteSpecs;

/// <summary>Two members of a cluster, and what a stranger can say to them.</summary>
public sealed class ClusterSpecs : IAsyncLifetime
{
    static readonly TimeSpan limit = TimeSpan.FromSeconds(60);
    Node seed = null!, other = null!;

    public async Task InitializeAsync()
    {
        var port = Ports.Free();
        var cluster = new ClusterSettings([new NodeAddress("127.0.0.1", port)], TimeSpan.FromSeconds(20));
        seed = await Node.Start(Names.System, port, cluster: cluster);
        other = await Node.Start(Names.System, cluster: cluster);
        await SeesTwo(seed);
        await SeesTwo(other);
    }

    public async Task DisposeAsync()
    {
        await other.DisposeAsync();
        await seed.DisposeAsync();
    }

    [Fact]
    public async Task Members_find_each_other_through_two_trusted_paths_and_work_goes_between_them()
    {
        Assert.Equal(["/system/cluster/core/daemon", "/system/cluster/heartbeatReceiver"], SafeCluster.MembershipPaths);
        Assert.Equal("host-b", (await other.ProbeUntilAnswered(seed.Address)).Host);
    }

    [Fact]
    public async Task One_that_leaves_is_gone_for_the_other()
    {
        var cluster = Cluster.Get(seed.System);
        Cluster.Get(other.System).Leave(other.Address);
        await Agree(() => cluster.State.Members.Count == 1);
    }

    [Fact]
    public async Task What_is_done_once_a_member_has_left_is_done_when_the_others_know_it()
    {
        var known = new TaskCompletionSource<bool>();
        var settings = ServiceSettings.Read(new EnvironmentReader(name => name == "CLUSTER_SEEDS" ? "127.0.0.1:1" : null), new(Names.ServiceB, 8001, 5053));
        var membership = new Membership(other.System, settings, TimeProvider.System, NullLogger<Membership>.Instance)
        {
            OnceLeft = () => known.SetResult(Cluster.Get(seed.System).State.Members
                .All(member => member.Address != other.Address || member.Status is not (MemberStatus.Joining or MemberStatus.Up))),
        };
        Assert.True(membership.Readiness.Ready);
        await membership.StoppingAsync(default);
        Assert.True(await known.Task, "the other member still took it for one that is up");
    }

    [Fact]
    public void No_serializer_opens_but_those_of_work_selections_and_membership()
    {
        int[] open = [.. Enumerable.Range(0, 100).Append(7301).Where(id => IsOpen(id))];
        Assert.Equal([5, 6, 7301], open); // membership, selections, work

        bool IsOpen(int id)
        {
            var refusal = Record.Exception(() => seed.System.Serialization.Deserialize([], id, "No.Such, NoSuchAssembly"))!;
            return !refusal.Message.Contains("which is not part of the protocol", StringComparison.Ordinal)
                && !refusal.Message.Contains($"Cannot find serializer with id [{id}]", StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_router_from_a_stranger_is_refused_in_one_line()
    {
        await using var stranger = new Stranger(seed.Address);
        stranger.At(Names.ActorPoolPath).Tell(new Forged(5, "Akka.Cluster.Routing.ClusterRouterPool, Akka.Cluster", []));
        Assert.DoesNotContain('\n', await seed.Log.First(line => line.Contains("not about membership", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("HB", true)]
    [InlineData("Akka.Cluster.InternalClusterAction+Join, Akka.Cluster", true)]
    [InlineData("Akka.Cluster.GossipEnvelope, Akka.Cluster", true)]
    [InlineData("Akka.Cluster.Routing.ClusterRouterPool, Akka.Cluster", false)]
    [InlineData("Akka.Cluster.GossipEnvelope, NoSuch", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_membership_is_read(string? manifest, bool isRead) =>
        Assert.Equal(isRead, MembershipSerializer.IsMembership(manifest));

    static Task SeesTwo(Node node) => Agree(() =>
        Cluster.Get(node.System).State.Members.Count(member => member.Status == MemberStatus.Up) == 2);

    static Task Agree(Func<bool> holds) => Until.Fact("the members agree", holds).WaitAsync(limit);
}
