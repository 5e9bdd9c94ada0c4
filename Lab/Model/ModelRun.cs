namespace TinyResilient.Lab.Model;

enum ModelOutcome { Succeeded, Wrong, Failed, Crashed, TimedOut, Busy, CircuitOpen, Quarantined, Expired }

/// <summary>What became of one request.</summary>
/// <param name="Start">When it was due, seconds.</param>
/// <param name="End">When its caller had the outcome, seconds.</param>
/// <param name="Attempts">How many were sent, hedges included; 0 when refused before the first.</param>
readonly record struct ModelRequest(double Start, double End, ModelOutcome Outcome, int Attempts)
{
    public bool Succeeded => Outcome == ModelOutcome.Succeeded;
    public double Latency => End - Start;
}

/// <summary>What a run counted beside its requests.</summary>
sealed class ModelCounts
{
    public int Attempts { get; set; }
    public int Retries { get; set; }
    public int Hedges { get; set; }
    public int Completed { get; set; }
    /// <summary>Of the completed: the work of a request whose work had been done before.</summary>
    public int Duplicates { get; set; }
    /// <summary>Requests whose work was done twice or more.</summary>
    public int DoneTwice { get; set; }
    public int Restarts { get; set; }
    /// <summary>Accepted, never done, never answered.</summary>
    public int Lost { get; set; }
    public int Expired { get; set; }
    public int Busy { get; set; }
    public int Trips { get; set; }
}

/// <summary>One simulated run: its requests in the order in which they were due, and what was counted.</summary>
sealed record ModelRun(IReadOnlyList<ModelRequest> Requests, ModelCounts Counts, IReadOnlyList<double> Sent)
{
    /// <summary>Share of the requests that succeeded, 0 to 1.</summary>
    public double Success => (double)Requests.Count(request => request.Succeeded) / Requests.Count;

    public double AttemptsPerRequest => (double)Counts.Attempts / Requests.Count;

    /// <summary>Success of each bin of so many seconds, by when requests were due; NaN where none was.</summary>
    public double[] Curve(double binSeconds, double seconds)
    {
        var bins = new (int Good, int All)[(int)Math.Ceiling(seconds / binSeconds - 1e-9)];
        foreach (var request in Requests)
            Count(ref bins[Math.Min((int)(request.Start / binSeconds), bins.Length - 1)], request.Succeeded);
        return [.. bins.Select(bin => (double)bin.Good / bin.All)];
    }

    /// <summary>Success of each bin of so many requests, in the order in which they were due.</summary>
    public double[] Curve(int requestsPerBin) =>
        [.. Requests.Chunk(requestsPerBin).Select(bin => (double)bin.Count(request => request.Succeeded) / bin.Length)];

    static void Count(ref (int Good, int All) bin, bool good)
    {
        bin.All++;
        if (good) bin.Good++;
    }
}
