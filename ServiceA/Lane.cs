using TinyResilient.ServiceA.Gateway;
using TinyResilient.ServiceA.Upstream;
using TinyResilient.Shared.Hosting;

namespace TinyResilient.ServiceA;

/// <summary>
/// One way from ServiceA to ServiceB: its nodes, its books, its knobs, and how it carries a call. Everything that the
/// lanes show and count is written once, for this.
/// </summary>
public sealed class Lane
{
    readonly ILaneNodes nodes;
    volatile GatewayKnobs knobs; // one record for all requests that begin under the same values

    /// <param name="name">Name of the lane, in metrics, ledgers and states.</param>
    /// <param name="nodes">Its ServiceB nodes.</param>
    /// <param name="books">Its requests.</param>
    /// <param name="carry">Gives every call its one answer, and never fails.</param>
    /// <param name="store">The knobs of all lanes.</param>
    public Lane(
        string name, ILaneNodes nodes, RequestBooks books, Func<Call, Task<CallResult>> carry, KnobStore store)
    {
        (Name, this.nodes, Books, Carry) = (name, nodes, books, carry);
        knobs = GatewayKnobs.From(store.Current, name);
        Tune(knobs);
        store.Changed += (_, now) => Tune(GatewayKnobs.From(now, name));
    }

    public string Name { get; }

    /// <summary>Those that are there now.</summary>
    public IReadOnlyList<UpstreamNode> Nodes => nodes.Present;

    /// <summary>Of those that have left the cluster as well.</summary>
    public LaneBooks Attempts => nodes.Books;
    public RequestBooks Books { get; }
    public Func<Call, Task<CallResult>> Carry { get; }
    public GatewayKnobs Knobs => knobs;

    /// <summary>Empties the books and closes the breakers.</summary>
    public void Reset()
    {
        Books.Reset();
        nodes.ResetBooks();
        foreach (var breaker in Attempts.Nodes.Select(node => node.LaneBreaker).Distinct())
            breaker.Replace();
    }

    void Tune(GatewayKnobs now)
    {
        if (now == knobs) now = knobs; // what only the other lane is told leaves this record as it is
        knobs = now;
        nodes.Tune(now);
    }
}

/// <summary>The lanes of ServiceA, in the order in which they are shown.</summary>
public sealed record Lanes(Lane Actor, Lane Http)
{
    public IReadOnlyList<Lane> All { get; } = [Actor, Http];

    public Dictionary<string, T> By<T>(Func<Lane, T> what) => All.ToDictionary(lane => lane.Name, what);
}
