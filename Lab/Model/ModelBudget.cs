namespace TinyResilient.Lab.Model;

/// <summary>Bounds retries by a share of the requests, or of the successes, of the last ten seconds.</summary>
sealed class ModelBudget(RetryBudget? budget, Timeline timeline)
{
    const double Window = 10;

    readonly Queue<double> earned = [];
    readonly Queue<double> spent = [];

    public void Requested() => Earn(budget is { OfSuccesses: false });

    public void Succeeded() => Earn(budget is { OfSuccesses: true });

    public bool Spend()
    {
        if (budget is null) return true;
        Forget(earned);
        Forget(spent);
        if (spent.Count + 1 > budget.Share * earned.Count + 1e-9) return false;
        spent.Enqueue(timeline.Now);
        return true;
    }

    void Earn(bool counts)
    {
        if (!counts) return;
        Forget(earned);
        earned.Enqueue(timeline.Now);
    }

    void Forget(Queue<double> times)
    {
        while (times.TryPeek(out var oldest) && oldest <= timeline.Now - Window)
            times.Dequeue();
    }
}
