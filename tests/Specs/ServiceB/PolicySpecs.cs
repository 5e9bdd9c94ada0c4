using Akka.Actor;
using TinyResilient.ServiceB.Faults;
using TinyResilient.ServiceB.Pool;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Messages;
using Xunit;

namespace Specs.ServiceB;

// The policies of a pool: IDEMPOTENCY, QUARANTINE_AFTER, EXPIRY_MARGIN.
public class PolicySpecs : OnePool
{
    [Fact]
    public void Without_idempotency_work_of_one_id_is_done_as_often_as_it_comes()
    {
        Send("a", "a");
        Elapse(100);
        ReceiveN(2);
        Assert.Equal((1, 1, 0), (Look().Effects.Unique, Look().Effects.Duplicate, Look().Ledger.Repeated));
    }

    [Fact]
    public void Work_of_an_id_that_is_done_is_answered_from_memory_at_once_without_an_effect()
    {
        Knobs = Knobs with { Idempotency = true };
        Send("a");
        Elapse(100);
        var first = ExpectMsg<WorkAnswer>();
        Send("a");
        Assert.Equal(first with { CallId = 2 }, ExpectMsg<WorkAnswer>());
        Assert.Equal((1, 0), (Look().Effects.Unique, Look().Effects.Duplicate));
        Assert.Equal((2, 1), (Look().Ledger.Completed, Look().Ledger.Repeated));
        Balances();
    }

    [Fact]
    public void Work_of_an_id_in_progress_waits_for_that_same_work_whether_it_runs_or_waits()
    {
        Knobs = Knobs with { Idempotency = true, Workers = 1 };
        Send("a", "b", "a", "b", "b");
        Elapse(99);
        Nothing();
        Assert.Equal((4, 1), (Look().Ledger.Waiting, Look().Ledger.Running));
        Balances();
        Elapse(1);
        Assert.Equal([1L, 3L], ReceiveN(2).Cast<WorkAnswer>().Select(answer => answer.CallId));
        Elapse(100);
        Assert.Equal([2L, 4L, 5L], ReceiveN(3).Cast<WorkAnswer>().Select(answer => answer.CallId));
        Assert.Equal((2, 0, 3), (Look().Effects.Unique, Look().Effects.Duplicate, Look().Ledger.Repeated));
        Balances();
    }

    [Fact]
    public void Work_that_failed_is_no_answer_for_later_and_is_done_again()
    {
        Knobs = Knobs with { Idempotency = true };
        Put(Of(FaultKind.FirstK) with { K = 1 });
        Send("a", "a");
        Elapse(100);
        Assert.All(ReceiveN(2).Cast<WorkAnswer>(), answer => Assert.Equal(WorkOutcome.Failed, answer.Outcome));
        Send("a");
        Elapse(100);
        Assert.Equal((3, WorkOutcome.Completed), Got(ExpectMsg<WorkAnswer>()));
        Balances();
    }

    [Fact]
    public void A_retry_gets_the_answer_that_was_lost_before()
    {
        Knobs = Knobs with { Idempotency = true };
        Put(Of(FaultKind.AckLost));
        Send("a");
        Elapse(100);
        Nothing();
        Send("a");
        Assert.Equal((2, WorkOutcome.Completed), Got(ExpectMsg<WorkAnswer>()));
        Send("b", "b");
        Elapse(100);
        Assert.Equal((4, WorkOutcome.Completed), Got(ExpectMsg<WorkAnswer>())); // it waited for the same work
        Nothing();
        Assert.Equal((2, 0, 2), (Look().Effects.Unique, Look().Effects.Duplicate, Look().Ledger.Wasted));
        Balances();
    }

    [Fact]
    public void Where_the_first_attempt_expires_undone_the_next_one_of_its_id_is_done()
    {
        Knobs = Knobs with { Idempotency = true, Workers = 1 };
        Send("other");
        SendWithin(budgetMs: 50, "a");
        Send("a");
        Elapse(100);
        Assert.Equal([(1, WorkOutcome.Completed), (2, WorkOutcome.Expired)],
            ReceiveN(2).Cast<WorkAnswer>().Select(Got).Order());
        Elapse(100);
        Assert.Equal((3, WorkOutcome.Completed), Got(ExpectMsg<WorkAnswer>()));
        Balances();
    }

    [Fact]
    public void Who_follows_a_crash_that_nobody_answers_is_lost_with_it()
    {
        Knobs = Knobs with { Idempotency = true, AnswerBeforeRestart = false };
        Put(Of(FaultKind.Crash));
        Send("a", "a");
        Elapse(100);
        Soon(() => Assert.Equal((2, 2), (Look().Ledger.Crashed, Look().Ledger.Lost)));
        Nothing();
        Balances();
    }

    [Fact]
    public void A_reset_and_a_restart_of_the_pool_lose_nobody_who_waits_for_the_work_of_another()
    {
        Knobs = Knobs with { Idempotency = true };
        Send("a", "a");
        Tell(Reset.Now);
        Balances();
        EventFilter.Exception<ArgumentNullException>().ExpectOne(() => Tell(new DoWork(0, "bug", 1, 0, 0, null!, null)));
        Assert.All(ReceiveN(2).Cast<WorkAnswer>(), answer => Assert.Equal(WorkOutcome.Crashed, answer.Outcome));
        Send("a");
        Elapse(100);
        Assert.Equal((3, WorkOutcome.Completed), Got(ExpectMsg<WorkAnswer>()));
    }

    [Fact]
    public void An_id_that_crashed_often_enough_is_refused_and_touches_no_worker()
    {
        Knobs = Knobs with { QuarantineAfter = 2, Workers = 1, QueueLimit = 9 };
        Put(Of(FaultKind.Crash));
        Send("deadly", "deadly", "deadly"); // the third waits when the second crashes
        Elapse(100);
        Soon(() => Assert.Equal(1, Look().Ledger.Crashed));
        Elapse(100);
        Soon(() => Assert.Equal((2, 0), (Look().Ledger.Crashed, Look().Ledger.Waiting)));
        Put();
        Send("deadly", "harmless");
        Elapse(100);
        var answers = ReceiveN(5).Cast<WorkAnswer>().OrderBy(answer => answer.CallId).ToList();
        Assert.Equal(["crashed", "crashed", "failed", "failed", "completed"], answers.Select(answer => answer.Outcome.Word()));
        Assert.All(answers[2..4], answer => Assert.Equal(("quarantined", -1), (answer.Fault, answer.Worker)));
        Assert.Equal(2, Look().Workers[0].Restarts);
        Balances();
    }

    [Fact]
    public void Without_quarantine_an_id_may_crash_as_often_as_it_comes()
    {
        Put(Of(FaultKind.Crash));
        for (var n = 0; n < 5; n++)
        {
            Send("deadly");
            Elapse(100);
            Assert.Equal(WorkOutcome.Crashed, ExpectMsg<WorkAnswer>().Outcome);
        }
    }

    [Theory]
    [InlineData(0, WorkOutcome.Completed)]
    [InlineData(1.5, WorkOutcome.Expired)]
    public void Work_that_could_hardly_end_in_time_is_not_begun_where_a_margin_is_set(double margin, WorkOutcome outcome)
    {
        Knobs = Knobs with { Workers = 1, ExpiryMargin = margin };
        Send("teaches the mean: 100 ms");
        Elapse(100);
        ExpectMsg<WorkAnswer>();
        Send("busy");
        SendWithin(budgetMs: 249, "149 ms left when its turn comes");
        SendWithin(budgetMs: 1_000, "enough left");
        Elapse(100);
        Elapse(100);
        Elapse(100);
        Assert.Equal(["completed", outcome.Word(), "completed"], ReceiveN(3).Cast<WorkAnswer>()
            .OrderBy(answer => answer.CallId).Select(answer => answer.Outcome.Word()));
        Balances();
    }

    [Fact]
    public void The_margin_holds_for_a_free_worker_too_and_a_stall_does_not_stretch_the_mean()
    {
        Knobs = Knobs with { Workers = 1, ExpiryMargin = 2 };
        Send("in a stall");
        Put(Of(FaultKind.Stall) with { ForSeconds = 60 });
        Elapse(100);
        for (var second = 0; second < 60; second++)
            Elapse(1_000);
        ExpectMsg<WorkAnswer>();
        SendWithin(budgetMs: 199, "too little");
        Assert.Equal((2, WorkOutcome.Expired), Got(ExpectMsg<WorkAnswer>()));
        SendWithin(budgetMs: 201, "enough");
        Elapse(100);
        Assert.Equal((3, WorkOutcome.Completed), Got(ExpectMsg<WorkAnswer>()));
    }

    static Fault Of(FaultKind kind) => new(kind, kind.Word());
}

public class WorkMemorySpecs
{
    [Fact]
    public void Only_the_newest_ids_are_remembered()
    {
        var ids = new NewestIds<int>(capacity: 2);
        foreach (var (id, n) in ((string, int)[])[("a", 0), ("b", 1), ("a", 2), ("c", 3)])
            ids.Set(id, n);
        Assert.Equal((0, 1, 3), (ids.Find("a"), ids.Find("b"), ids.Find("c")));
    }

    [Fact]
    public void The_mean_is_that_of_all_work_at_first_and_follows_a_change_later()
    {
        var memory = new WorkMemory();
        foreach (var ms in (int[])[100, 200, 300])
            memory.Took(TimeSpan.FromMilliseconds(ms));
        Assert.Equal(200, memory.MeanServiceTime.TotalMilliseconds, 3);
        for (var n = 0; n < 10_000; n++)
            memory.Took(TimeSpan.FromMilliseconds(50));
        Assert.Equal(50, memory.MeanServiceTime.TotalMilliseconds, 1);
    }
}
