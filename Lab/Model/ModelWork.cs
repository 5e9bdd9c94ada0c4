namespace TinyResilient.Lab.Model;

/// <summary>One attempt on its way to a pool. It is answered at most once.</summary>
/// <param name="Number">From 1, hedges included.</param>
/// <param name="Deadline">When its caller stops listening.</param>
sealed record ModelAttempt(int Request, int Number, double Deadline, Action<ModelOutcome> Answer);

/// <summary>One worker. Sick means that its state is corrupt.</summary>
sealed class ModelWorker
{
    public bool IsSick { get; set; }
    public double LeftAt { get; set; } = double.NegativeInfinity;
}

enum WorkFate { Done, Error, Crash, Hang }

/// <summary>What becomes of an attempt that a worker takes, apart from the worker's own state.</summary>
sealed class WorkFates(ModelSettings settings, Chance chance, BurstWeather weather)
{
    public double Duration(ModelAttempt attempt, double now) =>
        settings.WorkAt(now).At(chance.Unit(Drawn.Work, attempt.Request, attempt.Number));

    public bool Hits(double probability, Drawn name, ModelAttempt attempt) =>
        probability > 0 && chance.Unit(name, attempt.Request, attempt.Number) < probability;

    public WorkFate Of(ModelAttempt attempt, int node, double now)
    {
        var faults = settings.FaultsAt(now);
        if (Hits(faults.Hang, Drawn.Hang, attempt)) return WorkFate.Hang;
        if (Hits(faults.Crash, Drawn.Crash, attempt)) return WorkFate.Crash;
        if (faults.QueryOfDeath > 0 && chance.Unit(Drawn.QueryOfDeath, attempt.Request) < faults.QueryOfDeath)
            return WorkFate.Crash;
        return Hits(faults.Error, Drawn.Error, attempt)
            || Hits(weather.Error(now), Drawn.Weather, attempt)
            || node == 0 && Hits(settings.Nodes.Failure, Drawn.Node, attempt) ? WorkFate.Error : WorkFate.Done;
    }
}

/// <summary>What has been done for which request, across nodes.</summary>
sealed class ModelEffects(ModelCounts counts)
{
    readonly Dictionary<int, int> done = [];

    public bool IsDone(int request) => done.ContainsKey(request);

    public void Add(int request)
    {
        counts.Completed++;
        done[request] = done.GetValueOrDefault(request) + 1;
        if (done[request] > 1) counts.Duplicates++;
        if (done[request] == 2) counts.DoneTwice++;
    }
}
