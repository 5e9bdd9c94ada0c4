using Akka.Actor;
using TinyResilient.ServiceB.Faults;

namespace TinyResilient.ServiceB.Pool;

/// <summary>
/// The workers of one pool and the order in which they take work: the one that has been idle longest comes first.
/// Decides only; the pool starts and stops the actors. Longer than two slides, because whatever turns a member must keep the counts.
/// </summary>
public sealed class Crew
{
    readonly List<CrewMember> members = [];
    readonly List<CrewMember> leaving = [];
    readonly LinkedList<CrewMember> idle = [];
    readonly int[] shown = new int[Enum.GetValues<WorkerState>().Length];
    int working;

    public IReadOnlyList<CrewMember> Members => members;
    public IEnumerable<CrewMember> Busy => members.Concat(leaving).Where(member => member.State == WorkerState.Busy);
    public int Working => working;

    /// <summary>How many show this state.</summary>
    public int Count(WorkerState state) => shown[(int)state];

    public void Join()
    {
        var member = new CrewMember(members.Count);
        members.Add(member);
        idle.AddLast(member);
        shown[(int)member.Shown]++;
    }

    /// <summary>The member behind an actor, or null where that actor has been replaced or has left.</summary>
    public CrewMember? Find(int number, IActorRef actor) =>
        number < members.Count && actor.Equals(members[number].Actor)
            ? members[number]
            : leaving.Find(member => actor.Equals(member.Actor));

    public CrewMember? Find(IActorRef actor) => members.Concat(leaving).FirstOrDefault(member => actor.Equals(member.Actor));

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

    public void Stop(CrewMember member)
    {
        if (member.State == WorkerState.Idle) idle.Remove(member);
        Turn(member, WorkerState.Stopped, null);
    }

    /// <summary>The member has nothing to do. False where it was only waiting to leave, and now has left.</summary>
    public bool Rest(CrewMember member)
    {
        Turn(member, WorkerState.Idle, null);
        if (leaving.Remove(member))
        {
            shown[(int)member.Shown]--;
            return false;
        }
        idle.AddLast(member);
        return true;
    }

    /// <summary>Takes out the newest member: at once where it does nothing (true), else when it next rests (false).</summary>
    public bool Leave(out CrewMember member)
    {
        member = members[^1];
        members.RemoveAt(members.Count - 1);
        if (member.State is WorkerState.Idle or WorkerState.Stopped)
        {
            idle.Remove(member);
            shown[(int)member.Shown]--;
            return true;
        }
        leaving.Add(member);
        return false;
    }

    public void Examine(CrewMember member, SickNote health) => Change(member, () => member.Health = health);

    public void Stick(CrewMember member, string fault) => Change(member, () => (member.IsStuck, member.Fault) = (true, fault));

    /// <summary>Who has been left alone for long enough is well.</summary>
    public void LetRecover(TimeSpan now)
    {
        foreach (var member in members)
            if (member is { State: WorkerState.Idle, Health.Sickness: not null } && now >= member.Health.WellAt)
                Examine(member, default);
    }

    void Turn(CrewMember member, WorkerState state, Job? job) => Change(member, () =>
    {
        if (member.State is WorkerState.Busy) working--;
        if (state is WorkerState.Busy) working++;
        (member.State, member.Job, member.IsStuck) = (state, job, false);
    });

    void Change(CrewMember member, Action change)
    {
        shown[(int)member.Shown]--;
        change();
        shown[(int)member.Shown]++;
    }
}
