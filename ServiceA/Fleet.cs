using System.Collections.Concurrent;
using TinyResilient.ServiceA.Http;
using TinyResilient.ServiceA.Upstream;
using TinyResilient.Shared.Hosting;

namespace TinyResilient.ServiceA;

/// <summary>How a node of either lane is made, with all that belongs to it.</summary>
/// <param name="Control">Who changes its knobs and faults.</param>
public sealed record NodeMakers(
    Func<NodeAddress, ServiceBNode> Actor, Func<Uri, HttpNode> Http, Func<Uri, KnobClient> Control);

/// <summary>
/// The ServiceB nodes that both lanes have now. What a node did before it left stays in the books; a node that comes back at
/// its old address goes on in them.
/// </summary>
public sealed class Fleet(NodesInTurn<ServiceBNode> actor, NodesInTurn<HttpNode> http, NodeMakers make)
{
    readonly ConcurrentDictionary<Uri, KnobClient> controls = [];

    /// <summary>Where knobs and faults of ServiceB are changed: every node that is there.</summary>
    public IReadOnlyList<KnobClient> Controls => [.. http.Present.Select(node =>
        controls.GetOrAdd(node.Url, make.Control))];

    /// <returns>The node; its connection is the caller's concern.</returns>
    public ServiceBNode Join(NodeAddress address) => actor.Join(address.ToString(), () => make.Actor(address));

    public void Join(Uri url) => http.Join(url.Authority, () => make.Http(url));

    /// <summary>No attempt goes there any more; those that are under way end.</summary>
    public void Leave(NodeAddress address, Uri url)
    {
        actor.Leave(address.ToString());
        http.Leave(url.Authority);
        controls.TryRemove(url, out _);
    }
}
