using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Scenarios;

/// <summary>What <c>tiny explain</c> says of a scenario.</summary>
/// <param name="Fault">What is wrong with ServiceB, in one line.</param>
/// <param name="Question">What the run answers.</param>
/// <param name="Theory">The formula in plain text.</param>
/// <param name="Source">Where the formula comes from.</param>
/// <param name="Watch">What to look at while it runs.</param>
/// <param name="NotShown">What nobody should conclude from it.</param>
sealed record Explanation(string Fault, string Question, string Theory, string Source, string Watch, string NotShown);

/// <summary>
/// One fault, a few arms on the same seeds and ids, a prediction, and claims. A scenario says what to run and judges what
/// was measured; it never runs anything itself.
/// </summary>
abstract class Scenario(string name, string id)
{
    public string Name => name;

    /// <summary>S1 to S17.</summary>
    public string Id => id;

    public virtual string? Alias => null;

    /// <summary>What runs it: words behind <c>./tiny</c>.</summary>
    public virtual string Command => $"run {Name}";

    /// <summary>What has to be added to <see cref="Command"/> for real time.</summary>
    public virtual string InRealTime => " --real";

    /// <summary>Part of <c>--quick</c>.</summary>
    public virtual bool IsQuick => false;

    /// <summary>ServiceB processes that it needs.</summary>
    public virtual int Nodes => 1;

    /// <summary>
    /// Whether its arms run one at a time, however many benches there are: what it shows turns on milliseconds, and beside another arm
    /// it would show the machine.
    /// </summary>
    public virtual bool RunsAlone => false;

    /// <summary>Whether ServiceB must be a process that may be killed.</summary>
    public virtual bool Kills => false;

    /// <summary>Why it cannot run on services that others have started, as the end of a sentence; null: it can.</summary>
    public string? NeedsOwnProcesses => Kills ? "kills a ServiceB process" : Nodes > 1 ? $"needs {Nodes} ServiceB processes" : null;

    /// <summary>The setting under which capacity is measured before the run; null: theory does not need it.</summary>
    public virtual Arm? Capacity(Values values) => null;

    public abstract Explanation Explanation { get; }

    /// <summary>What <c>--set</c> can change.</summary>
    public abstract IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>What to run, for each seed.</summary>
    public abstract IReadOnlyList<Arm> Arms(Values values);

    /// <summary>What each policy must turn out to do: every verdict is a claim, and a line of docs/decide.md.</summary>
    public abstract IReadOnlyDictionary<string, Effect> Expected { get; }

    public abstract Findings Judge(Evidence evidence);
}
