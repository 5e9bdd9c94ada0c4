using Akka.Actor;

namespace TinyResilient.ServiceB.Pool;

public enum WorkerState { Idle, Busy, Restarting }

/// <summary>One worker as its pool sees it. Its actor is made when the first work comes.</summary>
public sealed class CrewMember(int number)
{
    public int Number => number;
    public IActorRef? Actor { get; set; }
    public WorkerState State { get; set; }
    public Job? Job { get; set; }
    public long Since { get; set; }
    public int Restarts { get; set; }
    public ITimer? Resting { get; set; }
}

/// <summary>
/// The workers of one pool and the order in which they take work: the one that has been idle longest comes first.
/// Decides only; the pool starts and stops the actors.
/// </summary>
public sealed class Crew
{
    readonly List<CrewMember> members = [];
    readonly List<CrewMember> leaving = [];
    readonly LinkedList<CrewMember> idle = [];
    int restarting;

    public IReadOnlyList<CrewMember> Members => members;
    public IEnumerable<CrewMember> Busy => members.Concat(leaving).Where(member => member.State == WorkerState.Busy);
    public int Idle => idle.Count;
    public int Restarting => restarting;
    public int Working => members.Count + leaving.Count - idle.Count - restarting;

    public void Join()
    {
        var member = new CrewMember(members.Count);
        members.Add(member);
        idle.AddLast(member);
    }

    /// <summary>The member behind an actor, or null where that actor has been replaced or has left.</summary>
    public CrewMember? Find(int number, IActorRef actor) =>
        number < members.Count && actor.Equals(members[number].Actor)
            ? members[number]
            : leaving.Find(member => actor.Equals(member.Actor));

    public CrewMember? LongestIdle => idle.First?.Value;

    public void Start(CrewMember member, Job job, long now)
    {
        if (member.State == WorkerState.Idle) idle.Remove(member);
        Turn(member, WorkerState.Busy, job);
        member.Since = now;
    }

    public void Restart(CrewMember member)
    {
        Turn(member, WorkerState.Restarting, null);
        member.Restarts++;
    }

    /// <summary>The member has nothing to do. False where it was only waiting to leave, and now has left.</summary>
    public bool Rest(CrewMember member)
    {
        Turn(member, WorkerState.Idle, null);
        if (leaving.Remove(member)) return false;
        idle.AddLast(member);
        return true;
    }

    /// <summary>Takes out the newest member: at once where it is idle (true), else when it next rests (false).</summary>
    public bool Leave(out CrewMember member)
    {
        member = members[^1];
        members.RemoveAt(members.Count - 1);
        if (member.State == WorkerState.Idle) return idle.Remove(member);
        leaving.Add(member);
        return false;
    }

    void Turn(CrewMember member, WorkerState state, Job? job)
    {
        if (member.State == WorkerState.Restarting) restarting--;
        if (state == WorkerState.Restarting) restarting++;
        (member.State, member.Job) = (state, job);
    }
}
