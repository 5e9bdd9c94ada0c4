using Akka.Actor;
using Akka.Cluster;
using Akka.Event;
using Akka.Remote;

namespace TinyResilient.Shared.Hosting.Remoting;

/// <summary>
/// Who is put out of the cluster, when, and by whom. Where a gateway and a worker cannot reach each other and both reach a third
/// member, that one hears of both that they cannot be reached, and Akka's own strategies put both out. Here a member believes
/// first what it hears itself; and workers go first, and what they said of a gateway goes with them.
/// </summary>
sealed class WorkersFirst(ActorSystem system, Cluster cluster) : IDowningProvider
{
    /// <summary>Where the configuration says how long a worker may be unreachable.</summary>
    internal const string DownAfter = "akka.cluster.workers-first.down-after";

    public TimeSpan DownRemovalMargin => TimeSpan.Zero; // nothing here must be unique, so nothing is taken over

    public Props DowningActorProps =>
        Props.Create(() => new Lookout(cluster, system.Settings.Config.GetTimeSpan(DownAfter, null, true)));

    /// <summary>
    /// Gateways decide, where they reach more than half of the gateways, or half with the first of them; the first that is
    /// reached acts for all. It puts out a worker after <paramref name="downAfter"/>, and a gateway after twice that, if with
    /// the worker gone it still cannot be reached. A member without such gateways waits: they may be back soon, and if they put
    /// it out it will hear so. After three times <paramref name="downAfter"/> it ends itself, to ask for admission anew; after once,
    /// if it is not up yet: where its gateway died before it told so, the others wait for what this one cannot hear.
    /// </summary>
    /// <param name="isUp">Whether this one has heard that it is up. One that has not has no work that could be lost.</param>
    /// <param name="members">All of them, this one too, in the order of their addresses.</param>
    /// <returns>The addresses of those to put out, which may be this one's.</returns>
    public static IEnumerable<Address> PutOut(Address self, bool isUp, IReadOnlyCollection<Seen> members, TimeSpan downAfter)
    {
        var gateways = members.Where(member => member.IsGateway).ToArray();
        var reached = gateways.Where(gateway => gateway.UnreachableFor is null).ToArray();
        var lost = gateways.Except(reached).ToArray();
        if (reached.Length < lost.Length || reached.Length == lost.Length && !reached.Contains(gateways.FirstOrDefault()))
            return lost.Length > 0 && lost.Min(gateway => gateway.UnreachableFor) >= (isUp ? 3 : 1) * downAfter ? [self] : [];
        return reached[0].Address != self
            ? []
            : members.Where(member => member.UnreachableFor >= (member.IsGateway ? 2 : 1) * downAfter).Select(member => member.Address);
    }

    /// <summary>A member as this one sees it.</summary>
    /// <param name="UnreachableFor">
    /// How long without a break this one has not heard it, or, of those it does not watch, another has not; null where it is heard.
    /// Of ten members each watches all others, of more each nine.
    /// </param>
    internal readonly record struct Seen(Address Address, bool IsGateway, TimeSpan? UnreachableFor);

    /// <summary>Looks once a second. It counts looks and not time: what it did not see, because it stood still itself, does not count.</summary>
    sealed class Lookout : ReceiveActor, IWithTimers
    {
        static readonly TimeSpan look = TimeSpan.FromSeconds(1);
        Dictionary<UniqueAddress, int> looks = [];

        public Lookout(Cluster cluster, TimeSpan downAfter) => Receive<LookAround>(_ =>
        {
            var state = cluster.State;
            looks = state.Unreachable.Where(member => !Hears(cluster.FailureDetector, member.Address))
                .ToDictionary(member => member.UniqueAddress, member => looks.GetValueOrDefault(member.UniqueAddress) + 1);
            foreach (var address in PutOut(cluster.SelfAddress, IsUp(cluster.SelfMember), [.. state.Members.Where(IsIn).Select(See)], downAfter))
            {
                if (address == cluster.SelfAddress) Context.GetLogger().Warning("cannot reach enough gateways, and has waited long enough: puts itself out of the cluster");
                else Context.GetLogger().Warning("puts {0} out of the cluster, which could not be reached for {1} s and more", address, downAfter.TotalSeconds);
                cluster.Down(address);
            }
        });

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart() => Timers.StartPeriodicTimer(nameof(LookAround), new LookAround(), look);

        static bool Hears(DefaultFailureDetectorRegistry<Address> ears, Address of) => ears.IsMonitoring(of) && ears.IsAvailable(of);

        static bool IsUp(Member self) => self.Status is not (MemberStatus.Joining or MemberStatus.WeaklyUp);

        static bool IsIn(Member member) => member.Status is not (MemberStatus.Down or MemberStatus.Exiting or MemberStatus.Removed);

        Seen See(Member member) => new(member.Address, member.HasRole(SafeCluster.Gateway),
            looks.TryGetValue(member.UniqueAddress, out var count) ? count * look : null);

        sealed record LookAround;
    }
}
