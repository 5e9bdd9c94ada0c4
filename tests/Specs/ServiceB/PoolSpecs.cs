using Akka.Actor;
using TinyResilient.ServiceB;
using TinyResilient.ServiceB.Pool;
using TinyResilient.Shared.Messages;
using Xunit;

namespace Specs.ServiceB;

public class PoolSpecs : OnePool
{
    [Fact]
    public void Work_is_done_in_its_time_and_answered_once()
    {
        Send("a");
        Elapse(99);
        Nothing();
        Elapse(1);
        var answer = ExpectMsg<WorkAnswer>();
        Assert.Equal((WorkOutcome.Completed, 100, 0), (answer.Outcome, (int)answer.ProcessingMs, answer.Worker));
    }

    [Fact]
    public void The_worker_that_has_been_idle_longest_takes_the_next_work()
    {
        Knobs = Knobs with { Workers = 3 };
        Assert.Equal([0, 1, 2, 0, 1], Enumerable.Range(0, 5).Select(_ =>
        {
            Send("a");
            Elapse(100);
            return ExpectMsg<WorkAnswer>().Worker;
        }));
    }

    [Fact]
    public void What_neither_workers_nor_queue_can_take_is_refused_as_busy_at_once()
    {
        Send("a", "b", "c", "d", "e");
        Assert.Equal((5, WorkOutcome.Busy), Got(ExpectMsg<WorkAnswer>()));
        Assert.Equal(2, Look().QueueLength);
        Elapse(100);
        Assert.Equal([1L, 2L], ReceiveN(2).Cast<WorkAnswer>().Select(answer => answer.CallId).Order());
        Elapse(100);
        Assert.Equal([3L, 4L], ReceiveN(2).Cast<WorkAnswer>().Select(answer => answer.CallId).Order());
        Balances();
    }

    [Fact]
    public void Work_whose_budget_ends_in_the_queue_is_dropped_and_not_done()
    {
        Send("a", "b");
        SendWithin(budgetMs: 90, "late");
        SendWithin(budgetMs: 150, "in time");
        Elapse(100);
        var answers = ReceiveN(3).Cast<WorkAnswer>().Select(Got).ToList();
        Assert.Contains((3, WorkOutcome.Expired), answers);
        Elapse(100);
        Assert.Equal((4, WorkOutcome.Completed), Got(ExpectMsg<WorkAnswer>()));
        Assert.Equal((1, 3, 1), (Look().Ledger.Expired, Look().Ledger.Completed, Look().Ledger.Wasted)); // 4 ended too late
        Balances();
    }

    [Fact]
    public void Work_that_sat_in_a_buffer_beyond_its_budget_is_recognised_as_stale_on_arrival()
    {
        Send("fresh");
        var sentMs = NowMs;
        Elapse(15_000);
        ExpectMsg<WorkAnswer>();
        Tell(new DoWork(++Calls, "stale", 1, 1_000, sentMs, "sender", null));
        Assert.Equal((2, WorkOutcome.Expired), Got(ExpectMsg<WorkAnswer>()));
    }

    [Fact]
    public void A_worker_that_fails_is_answered_for_and_restarted_and_the_others_do_not_notice()
    {
        Tune(Knobs with { FailureRate = 1 });
        Send("fails");
        Tune(Knobs with { FailureRate = 0 });
        Elapse(50);
        Send("goes on");
        Elapse(50);
        Assert.Equal((1, WorkOutcome.Failed), Got(ExpectMsg<WorkAnswer>()));
        Soon(() => Assert.Equal([1, 0], Look().Workers.Select(worker => worker.Restarts)));
        Soon(() => Assert.Equal(WorkerState.Idle, Look().Workers[0].State));
        Elapse(50);
        Assert.Equal((2, WorkOutcome.Completed), Got(ExpectMsg<WorkAnswer>()));
        Balances();
    }

    [Fact]
    public void Without_an_answer_before_the_restart_the_work_is_lost_and_the_books_say_so()
    {
        Tune(Knobs with { FailureRate = 1, AnswerBeforeRestart = false });
        Send("lost");
        Elapse(100);
        Soon(() => Assert.Equal((1, 1), (Look().Ledger.Crashed, Look().Ledger.Lost)));
        Soon(() => Assert.Equal(WorkerState.Idle, Look().Workers[0].State));
        Nothing();
        Balances();
    }

    [Fact]
    public void A_resumed_worker_fails_and_lives_on()
    {
        Tune(Knobs with
        {
            FailureRate = 1,
            AnswerBeforeRestart = false,
            ActorSupervision = Supervision.Resume,
        });
        Send("a");
        Elapse(100);
        Assert.Equal((1, WorkOutcome.Failed), Got(ExpectMsg<WorkAnswer>()));
        Assert.Equal((0, WorkerState.Idle), (Look().Workers[0].Restarts, Look().Workers[0].State));
    }

    [Fact]
    public void A_restarted_worker_rests_for_its_backoff_before_it_takes_work_again()
    {
        Tune(Knobs with { Workers = 1, FailureRate = 1, RestartBackoff = TimeSpan.FromSeconds(1) });
        Send("fails", "waits");
        Elapse(100);
        Assert.Equal((1, WorkOutcome.Failed), Got(ExpectMsg<WorkAnswer>()));
        Soon(() => Assert.Equal((1, WorkerState.Restarting), (Look().QueueLength, Look().Workers[0].State)));
        Settle();
        GC.Collect(); // a timer that nobody refers to would be gone now
        GC.WaitForPendingFinalizers();
        Elapse(999);
        Assert.Equal(1, Look().QueueLength);
        Elapse(1);
        Assert.Equal(0, Look().QueueLength);
    }

    [Fact]
    public void The_watchdog_replaces_a_worker_whose_work_does_not_end()
    {
        Tune(Knobs with { Workers = 1, BaseLatency = TimeSpan.FromSeconds(30), HangAfter = TimeSpan.FromSeconds(5) });
        Send("hangs");
        Tune(Knobs with { BaseLatency = WorkTime });
        Send("waits");
        Elapse(5_000);
        Nothing();
        Elapse(200);
        Assert.Equal((1, WorkOutcome.Hung), Got(ExpectMsg<WorkAnswer>()));
        Elapse(100);
        Assert.Equal((2, WorkOutcome.Completed), Got(ExpectMsg<WorkAnswer>()));
        Elapse(30_000);
        Nothing(); // what the replaced worker might still say is not heard
        Assert.Equal(1, Look().Workers[0].Restarts);
        Balances();
    }

    [Fact]
    public void A_worker_that_dies_of_a_bug_is_answered_for_as_crashed()
    {
        Tune(Knobs with { Workers = 1 });
        Send("a");
        Settle();
        var withoutKnobs = new Job(0, new DoWork(0, "bug", 1, 0, 0, "sender", null), TestActor, null!, 0);
        EventFilter.Exception<NullReferenceException>().ExpectOne(() =>
            ((ActorRefWithCell)Pool).Children.Single().Tell(withoutKnobs));
        Assert.Equal((1, WorkOutcome.Crashed), Got(ExpectMsg<WorkAnswer>()));
        Balances();
    }

    [Fact]
    public void Work_in_flight_ends_under_the_knobs_it_began_with()
    {
        Send("a");
        Tune(Knobs with { FailureRate = 1, BaseLatency = TimeSpan.FromHours(1) });
        Elapse(100);
        Assert.Equal((1, WorkOutcome.Completed), Got(ExpectMsg<WorkAnswer>()));
    }

    [Fact]
    public void The_crew_grows_at_once_and_shrinks_without_losing_work()
    {
        Send("a", "b", "c");
        Tune(Knobs with { Workers = 3 });
        Assert.Equal((3, 0), (Look().Workers.Count, Look().QueueLength));
        Tune(Knobs with { Workers = 1 });
        Send("d");
        Elapse(100);
        Assert.All(ReceiveN(3).Cast<WorkAnswer>(), answer => Assert.Equal(WorkOutcome.Completed, answer.Outcome));
        Elapse(100);
        Assert.Equal((4, WorkOutcome.Completed), Got(ExpectMsg<WorkAnswer>()));
        Assert.Equal((1, 0), (Look().Workers.Count, Look().Ledger.Running));
        Balances();
    }

    [Fact]
    public void A_draining_pool_ends_what_it_has_and_refuses_the_rest()
    {
        Send("a", "b", "c");
        Pool.Tell(Drain.Now, TestActor);
        Send("d");
        Assert.Equal((4, WorkOutcome.Draining), Got(ExpectMsg<WorkAnswer>()));
        Tell(new Probe());
        Assert.False(ExpectMsg<Probed>().Accepting);
        Elapse(100);
        ReceiveN(2);
        Elapse(100);
        Assert.Equal((3, WorkOutcome.Completed), Got(ExpectMsg<WorkAnswer>()));
        ExpectMsg<Drained>();
    }

    [Fact]
    public void An_idle_pool_drains_at_once()
    {
        Start();
        Pool.Tell(Drain.Now, TestActor);
        ExpectMsg<Drained>();
    }

    [Fact]
    public void A_reset_empties_the_books_and_keeps_them_balanced_with_work_in_the_pool()
    {
        Send("a");
        Elapse(100);
        ExpectMsg<WorkAnswer>();
        Send("b", "c", "d");
        Pool.Tell(Reset.Now);
        Assert.Equal((2, 0, 0L), (Look().Ledger.Received, Look().Ledger.Completed, Look().Effects.Unique));
        Balances();
    }

    [Fact]
    public void A_pool_that_is_itself_restarted_answers_for_what_it_had()
    {
        Send("a", "b", "c");
        var withoutSender = new DoWork(0, "bug", 1, 0, 0, null!, null);
        EventFilter.Exception<ArgumentNullException>().ExpectOne(() => Pool.Tell(withoutSender));
        Assert.All(ReceiveN(3).Cast<WorkAnswer>(), answer => Assert.Equal(WorkOutcome.Crashed, answer.Outcome));
        Send("d");
        Elapse(100);
        Assert.Equal((4, WorkOutcome.Completed), Got(ExpectMsg<WorkAnswer>()));
        Balances();
    }
}
