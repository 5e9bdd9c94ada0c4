using System.Collections.Concurrent;

namespace ProcessSpecs.Harness;

/// <summary>
/// Sends requests to one lane at a steady pace until it is ended, and keeps what became of each. Open loop: a
/// request that waits holds up no other.
/// </summary>
sealed class Load
{
    static readonly TimeSpan pause = TimeSpan.FromMilliseconds(20);
    readonly Client client;
    readonly string lane;
    readonly List<Task> requests = [];
    readonly Task sending;
    volatile bool isEnded;

    public Load(Client client, string lane = "actor")
    {
        (this.client, this.lane) = (client, lane);
        sending = Send();
    }

    public ConcurrentQueue<Answer> Answers { get; } = [];

    public int Succeeded => Answers.Count(answer => answer.Status == 200);

    /// <summary>Waits until so many more requests have succeeded.</summary>
    public Task MoreSuccesses(int count)
    {
        var wanted = Succeeded + count;
        return Until.Fact($"{count} more requests succeed", () => Succeeded >= wanted);
    }

    public Task Saw(string fact, Func<Answer, bool> isWanted, int atLeast = 1) =>
        Until.Fact(fact, () => Answers.Count(isWanted) >= atLeast);

    /// <summary>Sends no more, and waits for the last answer. Returns how many were sent.</summary>
    public async Task<int> End()
    {
        isEnded = true;
        await sending;
        await Task.WhenAll(requests).WaitAsync(Until.Limit, TimeProvider.System);
        return requests.Count;
    }

    async Task Send()
    {
        while (!isEnded)
        {
            requests.Add(One(requests.Count + 1));
            await Task.Delay(pause, TimeProvider.System);
        }
    }

    async Task One(int number) => Answers.Enqueue(await client.Process($"7-{number}", lane));
}
