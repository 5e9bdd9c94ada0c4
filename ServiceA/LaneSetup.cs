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
    static readonly TimeSpan backstop = TimeSpan.FromSeconds(5);

    public static void AddHttpLane(this IServiceCollection services, UpstreamSettings upstream)
    {
        services.AddSingleton(_ => HttpClients.New());
        services.AddSingleton(provider => NewHttpNodes(provider, upstream));
        services.AddSingleton(provider => new HttpGateway(
            new HttpCallPath(provider.GetRequiredService<IReadOnlyList<HttpNode>>(), provider.GetRequiredService<TimeProvider>(), new RetryBudget()).Go,
            provider.GetRequiredService<ILogger<HttpGateway>>()));
    }

    public static Lane NewActorLane(IServiceProvider services, KnobStore knobs)
    {
        var gateway = services.GetRequiredService<IRequiredActor<GatewayActor>>();
        return new Lane(Names.ActorLane, services.GetRequiredService<UpstreamNodes>().All,
            Books(services, Names.ActorLane), Ask, knobs);

        async Task<CallResult> Ask(Call call)
        {
            try
            {
                return await gateway.ActorRef.Ask<CallResult>(call, call.Knobs.TotalTimeout + backstop);
            }
            catch (AskTimeoutException)
            {
                return CallResult.Broken; // the gateway answers within the total timeout, unless there is a bug in it
            }
        }
    }

    public static Lane NewHttpLane(IServiceProvider services, KnobStore knobs) => new(
        Names.HttpLane, services.GetRequiredService<IReadOnlyList<HttpNode>>(), Books(services, Names.HttpLane),
        services.GetRequiredService<HttpGateway>().Carry, knobs);

    public static UpstreamNodes NewActorNodes(IServiceProvider services, UpstreamSettings upstream)
    {
        var time = services.GetRequiredService<TimeProvider>();
        var scheduler = services.GetRequiredService<ActorSystem>().Scheduler;
        var told = new BreakerNews(services, Names.ActorLane);
        var ofService = told.By<NodeBreaker>(tell => new NodeBreaker(scheduler, time, tell));
        return new UpstreamNodes([.. upstream.Nodes.Select(address => told.Of(metrics =>
        {
            metrics.Connected(false);
            return new ServiceBNode(address.ToString(), told.By<NodeBreaker>(tell => new NodeBreaker(scheduler, time, tell)),
                new AttemptLedger(time), metrics, time)
            {
                OfService = ofService,
            };
        }, address.ToString()))]);
    }

    static IReadOnlyList<HttpNode> NewHttpNodes(IServiceProvider services, UpstreamSettings upstream)
    {
        var time = services.GetRequiredService<TimeProvider>();
        var scheduler = services.GetRequiredService<ActorSystem>().Scheduler;
        var client = services.GetRequiredService<HttpMessageInvoker>();
        var told = new BreakerNews(services, Names.HttpLane);
        var ofService = told.By<HttpBreaker>(tell => new HttpBreaker(scheduler, time, tell));
        return [.. upstream.Urls.Select(url => told.Of(
            metrics => new HttpNode(
                url, client, told.By<HttpBreaker>(tell => new HttpBreaker(scheduler, time, tell)), new HttpLedger(), metrics)
            {
                OfService = ofService,
            }, url.Authority))];
    }

    static RequestBooks Books(IServiceProvider services, string lane) => new(services.GetRequiredService<IMetricFactory>(), lane);

    /// <summary>Tells metrics and log of a breaker's transitions, for each node that it counts for.</summary>
    sealed class BreakerNews(IServiceProvider services, string lane)
    {
        readonly List<(UpstreamNode Node, NodeMetrics Metrics)> nodes = [];
        readonly ILogger log = services.GetRequiredService<ILogger<NodeBreaker>>();

        public TNode Of<TNode>(Func<NodeMetrics, TNode> make, string address) where TNode : UpstreamNode
        {
            var metrics = new NodeMetrics(services.GetRequiredService<UpstreamMetrics>(), lane, address);
            var node = make(metrics);
            nodes.Add((node, metrics));
            return node;
        }

        public TBreaker By<TBreaker>(Func<Action<string>, TBreaker> make) where TBreaker : class, ILaneBreaker
        {
            TBreaker breaker = null!;
            return breaker = make(turnedTo =>
            {
                foreach (var (node, metrics) in nodes.Where(one => one.Node.LaneBreaker == breaker))
                {
                    metrics.Turned(turnedTo, now: breaker.State);
                    log.LogInformation("breaker of {Node} in lane {Lane}: {State}", node.Address, lane, turnedTo);
                }
            });
        }
    }
}
