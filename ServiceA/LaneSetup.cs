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
        services.AddSingleton<IReadOnlyList<HttpNode>>(provider =>
            [.. upstream.Urls.Select(url => NewNode(provider, url))]);
        services.AddSingleton<HttpCallPath>();
        services.AddSingleton(provider => new HttpGateway(
            provider.GetRequiredService<HttpCallPath>().Go, provider.GetRequiredService<ILogger<HttpGateway>>()));
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

    public static ServiceBNode NewNode(IServiceProvider services, string address)
    {
        var (time, metrics) = Common(services, Names.ActorLane, address);
        metrics.Connected(false);
        NodeBreaker breaker = null!;
        breaker = new NodeBreaker(
            Scheduler(services), Tell(services, Names.ActorLane, address, metrics, () => breaker.State));
        return new ServiceBNode(address, breaker, new AttemptLedger(time), metrics, time);
    }

    static HttpNode NewNode(IServiceProvider services, Uri url)
    {
        var (time, metrics) = Common(services, Names.HttpLane, url.Authority);
        HttpBreaker breaker = null!;
        breaker = new HttpBreaker(
            Scheduler(services), time, Tell(services, Names.HttpLane, url.Authority, metrics, () => breaker.State));
        return new HttpNode(url, services.GetRequiredService<HttpMessageInvoker>(), breaker, new AttemptLedger(time), metrics);
    }

    static (TimeProvider, NodeMetrics) Common(IServiceProvider services, string lane, string address) => (
        services.GetRequiredService<TimeProvider>(),
        new NodeMetrics(services.GetRequiredService<UpstreamMetrics>(), lane, address));

    static IScheduler Scheduler(IServiceProvider services) => services.GetRequiredService<ActorSystem>().Scheduler;

    static Action<string> Tell(IServiceProvider services, string lane, string address, NodeMetrics metrics, Func<string> state)
    {
        var log = services.GetRequiredService<ILogger<NodeBreaker>>();
        return turnedTo =>
        {
            metrics.Turned(turnedTo, now: state());
            log.LogInformation("breaker of {Node} in lane {Lane}: {State}", address, lane, turnedTo);
        };
    }

    static RequestBooks Books(IServiceProvider services, string lane) => new(services.GetRequiredService<IMetricFactory>(), lane);
}
