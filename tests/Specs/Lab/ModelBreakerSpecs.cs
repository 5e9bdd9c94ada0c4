using System.Net;
using Microsoft.Extensions.Time.Testing;
using Polly;
using TinyResilient.Lab.Model;
using TinyResilient.ServiceA;
using TinyResilient.ServiceA.Http;
using TinyResilient.Shared.Hosting;
using Xunit;

namespace Specs.Lab;

/// <summary>The model's breaker by ratio beside Polly's as lane http has it: the same attempts at the same times, with the same ends.</summary>
public sealed class ModelBreakerSpecs
{
    static readonly RatioBreaker rule = new(0.5, 10, Window: 10.0045, CoolDown: 1.0005); // nothing falls on a boundary
    readonly FakeTimeProvider time = new();

    sealed record Attempt(int BeginsMs, int EndsMs, ModelOutcome Outcome);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Admits_what_Polly_s_breaker_admits_and_trips_as_often(long seed)
    {
        var attempts = Attempts(new Chance(seed), 3_000);
        var (byModel, trips) = Model(attempts);
        var (byPolly, opened) = await Polly(attempts);

        Assert.Equal(byPolly, byModel);
        Assert.Equal(opened, trips);
        Assert.InRange(trips, 10, 1_000);
    }

    // Good and bad times, pauses, and attempts that end after others that began later; none ends when another begins.
    static List<Attempt> Attempts(Chance chance, int count)
    {
        var (attempts, at) = (new List<Attempt>(), 0);
        for (var n = 0; n < count; n++)
        {
            at += 2 * (int)(1 + (chance.Unit(Drawn.Arrival, n) < 0.005 ? 6_000 : 30 * chance.Exponential(Drawn.Arrival, n)));
            var failures = chance.Unit(Drawn.Weather, n / 150) < 0.5 ? 0.2 : 0.7;
            var outcome = chance.Unit(Drawn.Error, n) < failures ? ModelOutcome.Failed
                : chance.Unit(Drawn.Node, n) < 0.1 ? ModelOutcome.Busy : ModelOutcome.Succeeded;
            attempts.Add(new(at, at + 1 + 2 * (int)(150 * chance.Unit(Drawn.Work, n)), outcome));
        }
        return attempts;
    }

    static (bool[], int) Model(List<Attempt> attempts)
    {
        var (timeline, counts, admitted) = (new Timeline(), new ModelCounts(), new bool[attempts.Count]);
        var breaker = new ModelBreaker(new ModelPolicy { Ratio = rule }, timeline, counts);
        foreach (var (attempt, n) in attempts.Select((attempt, n) => (attempt, n)))
        {
            timeline.At(attempt.BeginsMs / 1_000.0, () =>
            {
                if (breaker.Admit() is not { } ticket) return;
                admitted[n] = true;
                timeline.At(attempt.EndsMs / 1_000.0, () => breaker.Ended(ticket, attempt.Outcome));
            });
        }
        timeline.Run();
        return (admitted, counts.Trips);
    }

    async Task<(bool[], int)> Polly(List<Attempt> attempts)
    {
        var opened = 0;
        var breaker = new HttpBreaker(null!, time, to => opened += to == "open" ? 1 : 0); // only Akka's breaker needs a scheduler
        breaker.Tune(GatewayKnobs.From(KnobValues.Defaults(GatewayKnobs.All), "http") with
        {
            Ratio = new RatioRule(rule.Ratio, rule.MinimumCalls, TimeSpan.FromSeconds(rule.Window)),
            CoolDown = TimeSpan.FromSeconds(rule.CoolDown),
        });
        var (start, admitted) = (time.GetUtcNow(), new bool[attempts.Count]);
        var running = new PriorityQueue<(TaskCompletionSource<HttpResponseMessage> End, Task Told, ModelOutcome Outcome), (int, int)>();

        foreach (var (attempt, n) in attempts.Select((attempt, n) => (attempt, n)))
        {
            await EndAllBefore(attempt.BeginsMs);
            time.SetUtcNow(start.AddMilliseconds(attempt.BeginsMs));
            var (begun, end) = (new TaskCompletionSource(), new TaskCompletionSource<HttpResponseMessage>());
            var told = breaker.Guard(async _ =>
            {
                begun.SetResult();
                return Outcome.FromResult(await end.Task);
            }, ResilienceContextPool.Shared.Get()).AsTask();
            admitted[n] = await Task.WhenAny(begun.Task, told).WaitAsync(TimeSpan.FromMinutes(2)) == begun.Task;
            if (admitted[n])
                running.Enqueue((end, told, attempt.Outcome), (attempt.EndsMs, n));
        }
        await EndAllBefore(int.MaxValue);
        return (admitted, opened);

        async Task EndAllBefore(int ms)
        {
            while (running.TryPeek(out var one, out var due) && due.Item1 <= ms)
            {
                running.Dequeue();
                time.SetUtcNow(start.AddMilliseconds(due.Item1));
                one.End.SetResult(new(Status(one.Outcome)));
                await one.Told.WaitAsync(TimeSpan.FromMinutes(2));
            }
        }
    }

    static HttpStatusCode Status(ModelOutcome outcome) => outcome switch
    {
        ModelOutcome.Succeeded => HttpStatusCode.OK,
        ModelOutcome.Busy => HttpStatusCode.ServiceUnavailable,
        _ => HttpStatusCode.InternalServerError,
    };
}
