using System.Text.Json.Serialization;

namespace TinyResilient.Lab.Results;

/// <summary>
/// Everything that a run measured and concluded; <c>result.json</c>. Reports are drawn from it alone, so that they can be
/// drawn again without running.
/// </summary>
/// <param name="Format">Version of this shape. The one before it is read as well; others are not.</param>
/// <param name="Command">What reproduces the run.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="TookS">How long each scenario took, in seconds of this machine. Of such numbers there are none further down.</param>
/// <param name="Origin">Where and with what it was measured.</param>
/// <param name="Clock">On which clock everything was measured that follows.</param>
/// <param name="Seeds">One after the other.</param>
/// <param name="Interrupted">Stopped before its end; what was measured until then is here.</param>
/// <param name="LeftOut">Scenarios without a result, by name, of those that were asked for: left out by --quick or on running services, or not reached.</param>
/// <param name="Scenarios">In the order in which they ran.</param>
sealed record RunResult(
    int Format, string Command, DateTimeOffset StartedAt, IReadOnlyDictionary<string, double> TookS, Origin Origin, Clock Clock,
    IReadOnlyList<long> Seeds, bool Interrupted, IReadOnlyList<string> LeftOut, IReadOnlyList<ScenarioResult> Scenarios)
{
    public const int PresentFormat = 3;

    public IEnumerable<Claim> Claims => Scenarios.SelectMany(scenario => scenario.Claims);
}

/// <summary>The clock of a run.</summary>
enum Clock
{
    /// <summary>Processes, on the clock of the machine.</summary>
    Real,

    /// <summary>The services' own code on a clock that jumps: the same seeds give the same numbers.</summary>
    Virtual,
}

/// <summary>The machine and the versions behind a run.</summary>
/// <param name="Version">Of this lab.</param>
/// <param name="Commit">Of its source, where that is known.</param>
/// <param name="Cores">That the process may use.</param>
/// <param name="Services">What ran the services: <c>own processes</c>, or the address of running ones.</param>
sealed record Origin(string Version, string? Commit, string System, string Runtime, int Cores, string Services);

/// <summary>One scenario of a run.</summary>
/// <param name="Title">What was found, with its number.</param>
/// <param name="Parameters">As they were set.</param>
/// <param name="CapacityPerS">Measured before the run, by lane; empty where the theory does not need it.</param>
/// <param name="Problems">What keeps a measurement from being a result: books that do not balance, a late generator.</param>
sealed record ScenarioResult(
    string Name, string Id, string Title, IReadOnlyDictionary<string, string> Parameters,
    IReadOnlyDictionary<string, double> CapacityPerS, IReadOnlyList<ArmResult> Arms, IReadOnlyList<Claim> Claims,
    IReadOnlyList<Verdict> Verdicts, IReadOnlyList<Chart> Charts, IReadOnlyList<string> Problems)
{
    /// <summary>Its name begins like this where lanes and peers were compared.</summary>
    public const string OfPeers = "peers-";
}

/// <summary>One combination of policies, with all its runs.</summary>
/// <param name="Settings">Knobs, faults and load, in the words of <c>tiny set</c>, for people.</param>
sealed record ArmResult(string Name, string Settings, IReadOnlyList<LaneRun> Runs)
{
    /// <summary>Its name begins like this where peers are compared with a lane of ours.</summary>
    public const string OfLane = "lane ";
}

/// <summary>One arm, one lane, one seed.</summary>
/// <param name="Measures">Numbers by name; see <see cref="Measure"/>.</param>
/// <param name="Curve">Success, 0..1, of equal slices of the requests in the order in which they were due.</param>
/// <param name="OutcomeHash">Of every request id with its outcome and attempts; equal in two runs that agree.</param>
/// <param name="Unbalanced">Why the books do not balance; null when they do.</param>
/// <param name="Digest">Of every request with how, why, after how many attempts and when, to 0.01 ms, it ended. In virtual time alone.</param>
sealed record LaneRun(
    string Lane, long Seed, IReadOnlyDictionary<string, double> Measures, IReadOnlyList<double> Curve, string OutcomeHash,
    string? Unbalanced, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Digest = null);

/// <summary>How a claim came out. A run that is too short to tell is no proof of either.</summary>
enum Judgement { Holds, Fails, TooShort }

static class Judgements
{
    public static string Word(this Judgement judgement) => judgement switch
    {
        Judgement.Holds => "holds",
        Judgement.Fails => "fails",
        _ => "too short to tell",
    };
}

/// <summary>A sentence with a number that the run had to show.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="Measured">The number, in the unit of the sentence.</param>
/// <param name="Theory">What a formula says, or else the model, where it is one number.</param>
/// <param name="Low">Least value that agrees; null: no lower bound.</param>
/// <param name="High">Greatest value that agrees; null: no upper bound.</param>
/// <param name="Seeds">How many would be enough, where this run was too short and the model knows.</param>
sealed record Claim(string Text, double Measured, double? Theory, double? Low, double? High, Judgement Judgement,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Seeds = null);

/// <summary>What a policy does under a fault.</summary>
enum Effect
{
    Helps,
    Neutral,
    Harms,

    /// <summary>The difference is not small, but such runs differ as much by chance.</summary>
    Unclear,
}

/// <summary>One cell of the matrix of scenarios and policies.</summary>
/// <param name="Difference">With the policy less without it, in the unit of <paramref name="Of"/>.</param>
/// <param name="Of">What differs: <c>points of success</c>.</param>
/// <param name="Seeds">How many would tell, where it is unclear and the model knows.</param>
sealed record Verdict(string Policy, Effect Effect, double Difference, string Of,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Seeds = null);
