namespace TinyResilient.Lab.Model;

/// <summary>Simulated time: what is due first happens first, and in the order asked for where due together.</summary>
sealed class Timeline
{
    readonly PriorityQueue<Action, Due> due = new();
    long asked;

    public double Now { get; private set; }

    public void At(double time, Action action) => due.Enqueue(action, new(time, ++asked));

    public void After(double seconds, Action action) => At(Now + seconds, action);

    public void Run()
    {
        while (due.TryDequeue(out var action, out var when))
        {
            Now = when.Time;
            action();
        }
    }

    // A comparison of its own: half the time of a simulation is spent in the queue
    readonly record struct Due(double Time, long Order) : IComparable<Due>
    {
        public int CompareTo(Due other) => Time < other.Time ? -1 : Time > other.Time ? 1 : Order.CompareTo(other.Order);
    }
}
