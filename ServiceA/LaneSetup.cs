using Akka.Actor;
using Akka.Hosting;
using Prometheus;
using TinyResilient.ServiceA.Gateway;
using TinyResilient.ServiceA.Http;
using TinyResilient.ServiceA.Upstream;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Messages;

namespace TinyResilient.ServiceA;

/// <summary>Puts the lanes together: nodes with their breakers, books, and the way of a call.</summary>
static class LaneSetup
{
    public static void AddLanes(this IServiceCollection services, KnobStore knobs, Secret? token)
    {
        services.AddSingleton(_ => new NodesInTurn<ServiceBNode>([]));
        services.AddSingleton(_ => new NodesInTurn<HttpNode>([]));
        services.AddSingleton(_ => HttpClients.New());
        services.AddSingleton<NonsenseLog>();
        services.AddSingleton<NewControlHandler>(KnobClient.NewHandler);
        services.AddSingleton(provider => NewMakers(provider, token));
        services.AddSingleton(provider => new Fleet(provider.GetRequiredService<NodesInTurn<ServiceBNode>>(),
            provider.GetRequiredService<NodesInTurn<HttpNode>>(), provider.GetRequiredService<NodeMakers>()));
        services.AddSingleton(provider => new CallPath(new(provider.GetRequiredService<NodesInTurn<ServiceBNode>>()),
            provider.GetRequiredService<TimeProvider>(), new RetryBudget(), provider.GetRequiredService<PauseMeter>()));
        services.AddSingleton(provider => new HttpGateway(
            new HttpCallPath(provider.GetRequiredService<NodesInTurn<HttpNode>>(),
                provider.GetRequiredService<TimeProvider>(), new RetryBudget(), provider.GetRequiredService<PauseMeter>()),
            provider.GetRequiredService<ILogger<HttpGateway>>()));
        services.AddSingleton(provider => new Lanes(NewActorLane(provider, knobs), NewHttpLane(provider, knobs)));
    }

    static Lane NewActorLane(IServiceProvider services, KnobStore knobs)
    {
        var gateway = services.GetRequiredService<IRequiredActor<GatewayActor>>();
        var ask = new GatewayAsk(() => gateway.ActorRef,
            services.GetRequiredService<TimeProvider>(), services.GetRequiredService<PauseMeter>());
        return new Lane(Names.ActorLane, services.GetRequiredService<NodesInTurn<ServiceBNode>>(),
            Books(services, Names.ActorLane), ask.Carry, knobs);
    }

    static Lane NewHttpLane(IServiceProvider services, KnobStore knobs) => new(
        Names.HttpLane, services.GetRequiredService<NodesInTurn<HttpNode>>(), Books(services, Names.HttpLane),
        services.GetRequiredService<HttpGateway>().Carry, knobs);

    static NodeMakers NewMakers(IServiceProvider services, Secret? token)
    {
        var (time, pauses) = (services.GetRequiredService<TimeProvider>(), services.GetRequiredService<PauseMeter>());
        var scheduler = services.GetRequiredService<ActorSystem>().Scheduler;
        var clients = services.GetRequiredService<HttpClients>();
        var (families, log) = (services.GetRequiredService<UpstreamMetrics>(), services.GetRequiredService<ILogger<NodeBreaker>>());
        var ofActor = new BreakerNews(services.GetRequiredService<NodesInTurn<ServiceBNode>>(), Names.ActorLane, log);
        var ofHttp = new BreakerNews(services.GetRequiredService<NodesInTurn<HttpNode>>(), Names.HttpLane, log);
        var (actors, https) = (NewBreaker(ofActor), NewHttpBreaker(ofHttp)); // the one breaker of all nodes of a lane
        return new NodeMakers(
            address =>
            {
                var metrics = new NodeMetrics(families, Names.ActorLane, address.ToString());
                metrics.Connected(false);
                var ledger = new AttemptLedger(time);
                return new ServiceBNode(address.ToString(), NewBreaker(ofActor), ledger, metrics, time, pauses)
                {
                    OfService = actors,
                };
            },
            url => new HttpNode(url, clients, NewHttpBreaker(ofHttp), new HttpLedger(), new NodeMetrics(families, Names.HttpLane, url.Authority))
            {
                OfService = https,
            },
            url => new KnobClient(Names.ServiceB, url, token, time,
                services.GetRequiredService<NonsenseLog>(), services.GetRequiredService<NewControlHandler>()()));

        NodeBreaker NewBreaker(BreakerNews told) => told.By<NodeBreaker>(tell => new NodeBreaker(scheduler, time, tell));
        HttpBreaker NewHttpBreaker(BreakerNews told) => told.By<HttpBreaker>(tell => new HttpBreaker(scheduler, time, tell));
    }

    static RequestBooks Books(IServiceProvider services, string lane) => new(services.GetRequiredService<IMetricFactory>(), lane);
}
