using TinyResilient.Lab.Processes;

namespace TinyResilient.Lab.Stage;

/// <summary>Whether the stage is in contact with the services, in states and in words.</summary>
sealed class ContactBook(StageProcesses processes, EventLog events)
{
    readonly ServiceContact _serviceA = new(Service.A, processes, events), _serviceB = new(Service.B, processes, events);
    long? _sinceMs;

    /// <summary>False where what was last seen of ServiceB's workers no longer holds.</summary>
    public bool SeesPool => _serviceB.State is ContactState.Up or ContactState.Paused;

    public bool SeesGateway => _serviceA.State is ContactState.Up or ContactState.Paused;

    public Contact Look(long nowMs, Watch<GatewayLook> gateway, Watch<PoolLook> pool)
    {
        _serviceA.Look(gateway.IsSeen, gateway.IsLooking, gateway.Newest?.State.Pid);
        _serviceB.Look(pool.IsSeen, pool.IsLooking, pool.Newest?.State.Pid);
        var words = string.Join("; ", ((string?[])[_serviceA.Words("ServiceA"), _serviceB.Words("ServiceB")]).OfType<string>());
        _sinceMs = words == "" ? null : _sinceMs ?? nowMs;
        return new(_serviceA.State, _serviceB.State, words == "" ? null : words, _sinceMs);
    }
}

/// <summary>One service: there, gone, paused, or about to be there.</summary>
sealed class ServiceContact(Service service, StageProcesses processes, EventLog events)
{
    int? _pid;

    public ContactState State { get; private set; } = ContactState.Starting;

    /// <param name="isSeen">Whether it answered when it was last asked.</param>
    /// <param name="isLate">Whether it has not yet answered what it was asked now.</param>
    /// <param name="pid">Of the process that answered last.</param>
    public void Look(bool isSeen, bool isLate, int? pid)
    {
        var (before, pidBefore) = (State, _pid);
        State = Now(isSeen, isLate);
        if (State == ContactState.Up)
            _pid = pid;
        if (Told(before, State, isNew: _pid != pidBefore, isFirst: pidBefore is null) is { } text)
            events.Add(EventKind.Service, null, text);
    }

    public string? Words(string name) => State switch
    {
        ContactState.Lost => $"lost contact with {name}",
        ContactState.Paused => $"{name} is paused",
        ContactState.Starting => $"{name} is starting",
        _ => null,
    };

    ContactState Now(bool isSeen, bool isLate)
    {
        if (isSeen && !isLate)
            return ContactState.Up;
        if (processes.IsPaused(service))
            return ContactState.Paused;
        if (isSeen)
            return State;
        return processes.Find(service) is { } process && process.Pid != _pid ? ContactState.Starting : ContactState.Lost;
    }

    string? Told(ContactState before, ContactState now, bool isNew, bool isFirst) => (before, now) switch
    {
        (_, ContactState.Up) when isNew && !isFirst => $"{service.Name} is back, a new process",
        (_, ContactState.Up) when isFirst => $"{service.Name} is there",
        (ContactState.Paused, ContactState.Up) => $"{service.Name} goes on",
        (not ContactState.Up, ContactState.Up) => $"{service.Name} answers again",
        (not ContactState.Lost, ContactState.Lost) when !isFirst => $"lost contact with {service.Name}",
        (not ContactState.Paused, ContactState.Paused) => $"{service.Name} is paused",
        _ => null,
    };
}
