namespace TinyResilient.Shared.Messages;

/// <summary>Names that both services must agree on.</summary>
public static class Names
{
    /// <summary>Name of the actor system, the same in every service, as a cluster wants it.</summary>
    public const string System = "tiny";

    public const string ServiceA = "service-a";
    public const string ServiceB = "service-b";

    /// <summary>The lane over Akka.Remote, in metrics, ledgers and states.</summary>
    public const string ActorLane = "actor";

    /// <summary>The lane over HTTP, in metrics, ledgers and states.</summary>
    public const string HttpLane = "http";

    /// <summary>Actor names in ServiceB.</summary>
    public const string ActorPool = "actor-pool", HttpPool = "http-pool";

    /// <summary>Path of the one actor of ServiceB that may be selected from outside.</summary>
    public const string ActorPoolPath = "/user/" + ActorPool;
}
