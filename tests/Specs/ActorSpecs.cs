using Akka.TestKit.Xunit2;

namespace Specs;

/// <summary>
/// An actor system for each spec. What is waited for is a fact, so a busy machine may take its time: the limit is
/// there for what never comes.
/// </summary>
/// <param name="config">More HOCON.</param>
public abstract class ActorSpecs(string config = "") : TestKit($$"""
    akka.test.single-expect-default = 2m
    {{config}}
    """)
{
    static readonly TimeSpan limit = TimeSpan.FromMinutes(2);
    static readonly TimeSpan pause = TimeSpan.FromMilliseconds(20);

    /// <summary>The scheduler that stands still until it is advanced.</summary>
    protected const string ByHand = """akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit" """;

    /// <summary>Waits for a fact. TestKit's own waiting looks only ten times within its limit.</summary>
    protected Task Becomes(Func<bool> fact) => AwaitConditionAsync(fact, limit, pause);

    /// <summary>The same for what can be asserted.</summary>
    protected void Soon(Action assertion) => AwaitAssert(assertion, limit, pause);
}
