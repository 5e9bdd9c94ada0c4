namespace TinyResilient.Lab.Model;

/// <summary>What all calls share: the nodes' pools, their breakers, the budget, and whose turn it is.</summary>
sealed class ModelGateway
{
    readonly ModelNodes nodes;
    readonly ModelPool[] pools;
    readonly ModelBreaker[] breakers;
    int turn;

    public ModelGateway(ModelSettings settings, Timeline timeline, Chance chance)
    {
        (Settings, Timeline, Chance, nodes) = (settings, timeline, chance, settings.Nodes);
        var fates = new WorkFates(settings, chance, new BurstWeather(settings.Faults.Burst, chance));
        var effects = new ModelEffects(Counts);
        pools = [.. Each(node => new ModelPool(settings, node, timeline, fates, Counts, effects))];
        breakers = [.. Each(_ => new ModelBreaker(settings.Policy, timeline, Counts, settings.Start.Open))];
        Budget = new(settings.Policy.Budget, timeline);
    }

    public ModelSettings Settings { get; }
    public Timeline Timeline { get; }
    public Chance Chance { get; }
    public ModelCounts Counts { get; } = new();
    public List<double> Sent { get; } = [];
    public ModelBudget Budget { get; }
    public int InFlight { get; set; }

    public ModelBreaker Breaker(int node) => breakers[nodes.Scope == BreakerScope.Service ? 0 : node];

    public void Send(int node, ModelAttempt attempt)
    {
        Counts.Attempts++;
        Sent.Add(Timeline.Now);
        pools[node].Accept(attempt);
    }

    /// <summary>The node that takes the next attempt, and its breaker's ticket: one whose breaker refuses is passed
    /// over. Null where all refuse.</summary>
    /// <param name="last">The node of the attempt before, or -1.</param>
    public (int Node, (int Trips, bool IsProbe) Ticket)? Admit(int last, int request, int attempt)
    {
        var first = Pick(last, request, attempt);
        for (var step = 0; step < nodes.Count; step++)
        {
            var node = (first + step) % nodes.Count;
            if (Breaker(node).Admit() is { } ticket) return (node, ticket);
        }

        return null;
    }

    public int Pick(int last, int request, int attempt) =>
        last < 0 || nodes.Retry == RetryNode.InTurn ? turn++ % nodes.Count
        : nodes.Retry == RetryNode.Random ? (int)(Chance.Unit(Drawn.RetryNode, request, attempt) * nodes.Count)
        : (last + 1) % nodes.Count;

    /// <summary>Seconds before a retry. Source: Brooker, Exponential Backoff And Jitter, AWS blog, 2015.</summary>
    /// <param name="previous">The pause before, or 0.</param>
    public double Pause(int retry, double previous, int request)
    {
        var policy = Settings.Policy;
        var bound = Math.Min(policy.BackoffMax, policy.BackoffBase * Math.Pow(2, retry - 1));
        var chance = Chance.Unit(Drawn.Backoff, request, retry);
        return policy.Jitter switch
        {
            ModelJitter.Full => bound * chance,
            ModelJitter.Equal => bound / 2 * (1 + chance),
            ModelJitter.Decorrelated => Math.Min(policy.BackoffMax, policy.BackoffBase
                + (3 * Math.Max(policy.BackoffBase, previous) - policy.BackoffBase) * chance),
            _ => bound,
        };
    }

    IEnumerable<T> Each<T>(Func<int, T> make) => Enumerable.Range(0, nodes.Count).Select(make);
}
