namespace TinyResilient.Lab.Model;

/// <summary>Simulated time: what is due first happens first, and in the order asked for where due together.</summary>
sealed class Timeline
{
    readonly PriorityQueue<Action, (double, long)> due = new();
    long asked;

    public double Now { get; private set; }

    public void At(double time, Action action) => due.Enqueue(action, (time, ++asked));

    public void After(double seconds, Action action) => At(Now + seconds, action);

    public void Run()
    {
        while (due.TryDequeue(out var action, out var when))
        {
            Now = when.Item1;
            action();
        }
    }
}
