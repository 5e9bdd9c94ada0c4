using Akka.Actor;
using TinyResilient.ServiceB.Faults;

namespace TinyResilient.ServiceB.Pool;

/// <summary>What a worker does, or, where it is not well, what is wrong with it.</summary>
public enum WorkerState
{
    Idle, Busy, Restarting,

    /// <summary>Idle or busy, with spoilt state.</summary>
    Corrupt,

    /// <summary>Busy with work that will never end.</summary>
    Hung,

    /// <summary>Its constructor failed, and nobody makes it anew.</summary>
    Stopped,
}

/// <summary>Why a worker was restarted.</summary>
public enum RestartCause
{
    Failed, Crashed, Hung,

    /// <summary>It failed, and its state was spoilt.</summary>
    Corrupt,

    /// <summary>Its constructor failed.</summary>
    Broken,
}

/// <summary>One worker as its pool sees it. Its actor is made when the first work comes.</summary>
public sealed class CrewMember(int number)
{
    public int Number => number;
    public IActorRef? Actor { get; set; }

    /// <summary>Idle, Busy, Restarting or Stopped: what decides about its next work.</summary>
    public WorkerState State { get; set; }
    public Job? Job { get; set; }
    public long Since { get; set; }
    public int Restarts { get; set; }

    /// <summary>Work at it that did not end well.</summary>
    public int Failures { get; set; }

    /// <summary>Since when it is being restarted; null where it is not.</summary>
    public long? FailedAt { get; set; }

    /// <summary>What its last restart took, until it could take work again.</summary>
    public double? RestartMs { get; set; }
    public RestartCause? RestartCause { get; set; }
    public ITimer? Resting { get; set; }

    /// <summary>Name of the last fault that hit it.</summary>
    public string? Fault { get; set; }
    public SickNote Health { get; set; }
    public bool IsStuck { get; set; }

    /// <summary>To be replaced as soon as its work has ended.</summary>
    public bool IsOutdated { get; set; }

    public WorkerState Shown => State switch
    {
        WorkerState.Busy when IsStuck => WorkerState.Hung,
        WorkerState.Idle or WorkerState.Busy when Health.Sickness is not null => WorkerState.Corrupt,
        _ => State,
    };
}
