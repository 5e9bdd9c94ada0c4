using Akka.Actor;
using Akka.Hosting;
using TinyResilient.ServiceB.Pool;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceB;

/// <summary>The two pools of ServiceB, by lane.</summary>
public sealed class Pools(IRequiredActor<ActorPool> actor, IRequiredActor<HttpPool> http, TimeProvider time)
{
    static readonly TimeSpan lookLimit = TimeSpan.FromSeconds(2);

    public IActorRef Http => http.ActorRef;

    public void Tell(object message)
    {
        foreach (var (_, pool) in ByLane)
            pool.Tell(message);
    }

    public async Task<IReadOnlyDictionary<string, PoolSnapshot>> Look()
    {
        var looks = ByLane.Select(async one => (one.Lane, await one.Pool.AskWithin<PoolSnapshot>(Pool.Look.Now, lookLimit, time)));
        return (await Task.WhenAll(looks)).ToDictionary();
    }

    IEnumerable<(string Lane, IActorRef Pool)> ByLane =>
        [(Names.ActorLane, actor.ActorRef), (Names.HttpLane, http.ActorRef)];
}

public sealed class ActorPool;
public sealed class HttpPool;
