using TinyResilient.ServiceB.Faults;
using TinyResilient.ServiceB.Pool;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Messages;
using Xunit;

namespace Specs.ServiceB;

// What a pool tells of failures and restarts: how many, why, and what the last one took.
public class RestartSpecs : OnePool
{
    [Fact]
    public void A_restart_is_measured_from_the_failure_until_the_worker_can_take_work_again()
    {
        Tune(Knobs with { FailureRate = 1, RestartBackoff = TimeSpan.FromMilliseconds(250) });
        Send("fails");
        Elapse(100);
        ExpectMsg<WorkAnswer>();
        Soon(() => Assert.Equal((WorkerState.Restarting, 1, 1, null), (First.State, First.Restarts, First.Failures, First.RestartMs)));
        Elapse(249);
        Assert.Null(First.RestartMs);
        Elapse(1);
        Assert.Equal((WorkerState.Idle, 250, RestartCause.Failed), (First.State, First.RestartMs, First.RestartCause));
    }

    [Theory]
    [InlineData(FaultKind.Corrupt, 2, 1, RestartCause.Corrupt)]
    [InlineData(FaultKind.Crash, 1, 1, RestartCause.Crashed)]
    [InlineData(FaultKind.Hang, 1, 1, RestartCause.Hung)]
    public void It_says_what_was_wrong(FaultKind kind, int works, int failures, RestartCause cause)
    {
        Knobs = Knobs with { Workers = 1 };
        Put(new Fault(kind, kind.Word()));
        for (var work = 0; work < works; work++)
        {
            Send($"{work}");
            Elapse(kind == FaultKind.Hang ? 5_200 : 100);
            ExpectMsg<WorkAnswer>();
        }
        Soon(() => Assert.Equal((1, failures, cause), (First.Restarts, First.Failures, First.RestartCause)));
    }

    [Fact]
    public void A_failure_that_restarts_nobody_is_counted_too_until_a_reset()
    {
        Tune(Knobs with { FailureRate = 1, ActorSupervision = Supervision.Resume });
        Send("a");
        Elapse(100);
        ExpectMsg<WorkAnswer>();
        Assert.Equal((0, 1, null, null), (First.Restarts, First.Failures, First.RestartMs, First.RestartCause));
        Tell(Reset.Now);
        Assert.Equal(0, First.Failures);
    }

    WorkerSnapshot First => Look().Workers[0];
}
