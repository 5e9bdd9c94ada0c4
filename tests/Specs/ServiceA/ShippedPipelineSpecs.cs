using System.Net;
using TinyResilient.ServiceA.Http;
using Xunit;

namespace Specs.ServiceA;

public class ShippedPipelineSpecs
{
    [Fact]
    public async Task The_standard_pipeline_draws_its_pauses_from_the_seed()
    {
        var pauses = await Pauses(seed: 1);
        Assert.Equal(3, pauses.Count);
        Assert.Equal(pauses, await Pauses(seed: 1));
        Assert.NotEqual(pauses, await Pauses(seed: 2));
    }

    static async Task<List<TimeSpan>> Pauses(long seed)
    {
        var time = new Impatient(longest: TimeSpan.FromSeconds(29)); // the request itself has 30
        var pipeline = HttpPipelines.Build(time, add => ShippedPipelines.AroundRequest(add, PipelineKind.Standard, seed));
        await pipeline.ExecuteAsync(_ => ValueTask.FromResult(new HttpResponseMessage(HttpStatusCode.InternalServerError)));
        return time.Pauses;
    }

    /// <summary>A clock that notes what is to be waited for, and waits for none of it.</summary>
    sealed class Impatient(TimeSpan longest) : TimeProvider
    {
        public List<TimeSpan> Pauses { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime <= TimeSpan.Zero || dueTime > longest)
                return base.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, period);
            Pauses.Add(dueTime);
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
