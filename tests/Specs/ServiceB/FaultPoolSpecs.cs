using Akka.Actor;
using TinyResilient.ServiceB.Faults;
using TinyResilient.ServiceB.Pool;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Messages;
using Xunit;

namespace Specs.ServiceB;

// Faults as a whole pool meets them. One worker, unless a spec says otherwise.
public class FaultPoolSpecs : OnePool
{
    public FaultPoolSpecs() => Knobs = Knobs with
    {
        Workers = 1,
        QueueLimit = 10,
    };

    // What becomes of four requests in a row: the first spoils the state, and succeeds.
    [Theory]
    [InlineData(FaultKind.Corrupt, Supervision.Restart, "completed failed completed failed")]
    [InlineData(FaultKind.Corrupt, Supervision.Resume, "completed failed failed failed")]
    [InlineData(FaultKind.Corrupt, Supervision.Fresh, "completed completed completed completed")]
    [InlineData(FaultKind.NeedsRest, Supervision.Restart, "completed failed completed failed")]
    [InlineData(FaultKind.NeedsRest, Supervision.Resume, "completed failed failed failed")]
    [InlineData(FaultKind.NeedsRest, Supervision.Fresh, "completed completed completed completed")]
    [InlineData(FaultKind.Silent, Supervision.Restart, "completed failed failed failed")]
    [InlineData(FaultKind.Silent, Supervision.Resume, "completed failed failed failed")]
    [InlineData(FaultKind.Silent, Supervision.Fresh, "completed completed completed completed")]
    [InlineData(FaultKind.External, Supervision.Restart, "completed failed failed failed")]
    [InlineData(FaultKind.External, Supervision.Resume, "completed failed failed failed")]
    [InlineData(FaultKind.External, Supervision.Fresh, "completed failed failed failed")]
    public void Spoilt_state_lasts_until_the_worker_that_holds_it_is_made_anew(
        FaultKind kind, Supervision supervision, string outcomes)
    {
        Knobs = Knobs with { ActorSupervision = supervision };
        Put(Of(kind));
        Assert.Equal(outcomes, string.Join(' ', Enumerable.Range(0, 4).Select(n => Do($"{n}").Outcome.Word())));
        Assert.Equal(kind.Word(), Look().Workers[0].LastFault);
        Balances();
    }

    [Fact]
    public void Work_that_crashes_right_after_a_pause_took_no_less_than_no_time()
    {
        Put(Of(FaultKind.Crash));
        Start();
        Elapse(50);
        Send("begun between two looks of the watchdog");
        Pause(5_000);
        var answer = ExpectMsg<WorkAnswer>();
        Assert.Equal(WorkOutcome.Crashed, answer.Outcome);
        Assert.InRange(answer.ProcessingMs, 0, 5_000);
    }

    [Theory]
    [InlineData(Supervision.Restart, true, WorkOutcome.Crashed, 1)]
    [InlineData(Supervision.Restart, false, null, 1)]
    [InlineData(Supervision.Resume, false, WorkOutcome.Crashed, 0)]
    [InlineData(Supervision.Fresh, false, WorkOutcome.Crashed, 0)]
    public void A_crash_is_answered_unless_its_worker_restarts_without_a_word(
        Supervision supervision, bool answerBeforeRestart, WorkOutcome? answer, int restarts)
    {
        Knobs = Knobs with
        {
            ActorSupervision = supervision,
            AnswerBeforeRestart = answerBeforeRestart,
        };
        Put(Of(FaultKind.Crash));
        Send("a");
        Elapse(100);
        if (answer is { } wanted)
            Assert.Equal((wanted, "crash"), OutcomeAndFault(ExpectMsg<WorkAnswer>()));
        Soon(() => Assert.Equal((1, WorkerState.Idle), (Look().Ledger.Crashed, Look().Workers[0].State)));
        Nothing();
        Assert.Equal((restarts, answer is null ? 1 : 0), (Look().Workers[0].Restarts, Look().Ledger.Lost));
        Balances();
    }

    [Fact]
    public void A_sick_worker_is_shown_as_corrupt_until_it_is_restarted()
    {
        Put(Of(FaultKind.Corrupt));
        Do("spoils");
        Assert.Equal((WorkerState.Corrupt, "corrupt"), (Look().Workers[0].State, Look().Workers[0].LastFault));
        Put();
        Assert.Equal(WorkOutcome.Failed, Do("meets it sick").Outcome);
        Soon(() => Assert.Equal(WorkerState.Idle, Look().Workers[0].State));
    }

    [Fact]
    public void A_fresh_worker_is_gone_with_its_request_and_a_sick_one_with_the_next_request_after_a_change_to_fresh()
    {
        Knobs = Knobs with { ActorSupervision = Supervision.Fresh };
        Put(Of(FaultKind.Corrupt));
        Do("spoils its own");
        Assert.Equal(WorkerState.Idle, Look().Workers[0].State);
        Tune(Knobs with { ActorSupervision = Supervision.Resume });
        Do("spoils one that lives on");
        Assert.Equal(WorkOutcome.Failed, Do("meets it").Outcome);
        Tune(Knobs with { ActorSupervision = Supervision.Fresh });
        Assert.Equal(WorkOutcome.Completed, Do("has its own").Outcome);
        Balances();
    }

    [Fact]
    public void A_worker_that_needs_rest_is_shown_as_well_when_it_had_it()
    {
        Knobs = Knobs with { ActorSupervision = Supervision.Resume };
        Put(Of(FaultKind.NeedsRest) with { IdleSeconds = 2 });
        Do("spoils");
        Elapse(1_999);
        Assert.Equal(WorkerState.Corrupt, Look().Workers[0].State);
        Elapse(1);
        Assert.Equal(WorkerState.Idle, Look().Workers[0].State);
        Put();
        Assert.Equal(WorkOutcome.Completed, Do("well").Outcome);
    }

    [Fact]
    public void A_worker_that_hangs_is_shown_as_hung_until_the_watchdog_replaces_it()
    {
        Put(Of(FaultKind.Hang));
        Send("hangs");
        Elapse(1_000);
        Assert.Equal((WorkerState.Hung, "hang"), (Look().Workers[0].State, Look().Workers[0].LastFault));
        Put();
        Elapse(4_200);
        Assert.Equal((WorkOutcome.Hung, "hang"), OutcomeAndFault(ExpectMsg<WorkAnswer>()));
        Assert.Equal(WorkerState.Idle, Look().Workers[0].State);
        Assert.Equal(WorkOutcome.Completed, Do("well").Outcome);
        Balances();
    }

    [Fact]
    public void A_hung_worker_stays_hung_without_a_watchdog_until_a_reset()
    {
        Knobs = Knobs with { HangAfter = TimeSpan.Zero };
        Put(Of(FaultKind.Hang));
        Send("hangs");
        Elapse(60_000);
        Assert.Equal(WorkerState.Hung, Look().Workers[0].State);
        Nothing();
        Put();
        Tell(Reset.Now);
        Assert.Equal(WorkOutcome.Hung, ExpectMsg<WorkAnswer>().Outcome);
        Assert.Equal(WorkOutcome.Completed, Do("well").Outcome);
        Balances();
    }

    [Fact]
    public void An_answer_that_is_lost_is_work_done_for_nothing_and_an_effect()
    {
        Put(Of(FaultKind.AckLost));
        Send("a");
        Elapse(100);
        Nothing();
        var (ledger, effects) = (Look().Ledger, Look().Effects);
        Assert.Equal((1, 1, 0), (ledger.Completed, ledger.Wasted, ledger.Lost));
        Assert.Equal((1, 0), (effects.Unique, effects.Duplicate));
        Put();
        Do("a");
        Assert.Equal((1, 1), (Look().Effects.Unique, Look().Effects.Duplicate));
        Balances();
    }

    [Fact]
    public void In_a_stall_nothing_starts_or_finishes_and_then_all_goes_on()
    {
        Knobs = Knobs with { Workers = 2, QueueLimit = 2 };
        Send("under way");
        Elapse(50);
        Put(Of(FaultKind.Stall) with { ForSeconds = 10 });
        Send("waits", "waits too", "is too much");
        Assert.Equal((4, WorkOutcome.Busy), Got(ExpectMsg<WorkAnswer>()));
        Elapse(9_999);
        Nothing(); // and the watchdog, who was frozen as well, blames nobody
        Assert.Equal((2, 1), (Look().Ledger.Waiting, Look().Ledger.Running));
        Elapse(1);
        var done = ExpectMsg<WorkAnswer>();
        Assert.Equal((1, WorkOutcome.Completed, 10_050), (done.CallId, done.Outcome, (int)done.ProcessingMs));
        Elapse(100);
        Assert.Equal([2L, 3L], ReceiveN(2).Cast<WorkAnswer>().Select(answer => answer.CallId).Order());
        Balances();
    }

    [Fact]
    public void A_stall_that_is_cleared_is_over_at_once()
    {
        Send("under way");
        Put(Of(FaultKind.Stall));
        Elapse(1_000);
        Nothing();
        Put();
        Assert.Equal((1, WorkOutcome.Completed), Got(ExpectMsg<WorkAnswer>()));
    }

    [Fact]
    public void A_stall_holds_back_a_crash_as_well()
    {
        Put(Of(FaultKind.Crash), Of(FaultKind.Stall) with { FromSeconds = 0.05, ForSeconds = 1 });
        Send("crashes");
        Elapse(1_049);
        Nothing();
        Elapse(1);
        Assert.Equal((1, WorkOutcome.Crashed), Got(ExpectMsg<WorkAnswer>()));
    }

    [Fact]
    public void A_worker_whose_constructor_fails_is_stopped_by_default_and_the_pool_shrinks()
    {
        Knobs = Knobs with { Workers = 2 };
        Put(Of(FaultKind.CrashLoop) with { Worker = 0 });
        Send("meets it");
        Assert.Equal((WorkOutcome.Crashed, "crash_loop"), OutcomeAndFault(ExpectMsg<WorkAnswer>()));
        Put();
        Send("a", "b");
        Assert.Equal([WorkerState.Stopped, WorkerState.Busy], Look().Workers.Select(worker => worker.State));
        Elapse(100);
        Elapse(100);
        Assert.All(ReceiveN(2).Cast<WorkAnswer>(), answer => Assert.Equal((WorkOutcome.Completed, 1), (answer.Outcome, answer.Worker)));
        Tell(Reset.Now);
        Assert.All(Look().Workers, worker => Assert.Equal(WorkerState.Idle, worker.State));
        Balances();
    }

    [Fact]
    public void What_waits_where_no_worker_is_left_expires()
    {
        Put(Of(FaultKind.CrashLoop));
        Send("meets it");
        Assert.Equal(WorkOutcome.Crashed, ExpectMsg<WorkAnswer>().Outcome);
        SendWithin(500, "waits");
        Elapse(400);
        Nothing();
        Elapse(200);
        Assert.Equal((2, WorkOutcome.Expired), Got(ExpectMsg<WorkAnswer>()));
        Balances();
    }

    [Fact]
    public void A_worker_that_crashes_and_cannot_be_made_again_is_gone_as_well()
    {
        Do("well");
        Put(Of(FaultKind.Crash), Of(FaultKind.CrashLoop));
        Assert.Equal(WorkOutcome.Crashed, Do("crashes").Outcome);
        Soon(() => Assert.Equal(WorkerState.Stopped, Look().Workers[0].State));
        Balances();
    }

    [Fact]
    public void A_worker_whose_constructor_fails_and_is_restarted_tries_at_once_until_it_succeeds()
    {
        Put(Of(FaultKind.CrashLoop) with { Probability = 0.9, Directive = LoopDirective.Restart });
        Send("waits for it");
        Soon(() =>
        {
            Elapse(100);
            Assert.Equal(1, Look().Ledger.Completed);
        });
        Assert.Equal(WorkOutcome.Completed, ExpectMsg<WorkAnswer>().Outcome);
        Balances();
    }

    [Fact]
    public void With_a_backoff_a_worker_whose_constructor_fails_tries_again_after_it()
    {
        Knobs = Knobs with { RestartBackoff = TimeSpan.FromSeconds(1) };
        Put(Of(FaultKind.CrashLoop) with { Directive = LoopDirective.Restart });
        Send("meets it", "waits");
        Assert.Equal((1, WorkOutcome.Crashed), Got(ExpectMsg<WorkAnswer>()));
        Elapse(999);
        Put();
        Assert.Equal((1, WorkerState.Restarting), (Look().QueueLength, Look().Workers[0].State));
        Elapse(1);
        Soon(() => Assert.Equal(0, Look().QueueLength));
        Elapse(100);
        Assert.Equal((2, WorkOutcome.Completed), Got(ExpectMsg<WorkAnswer>()));
        Balances();
    }

    [Fact]
    public void A_change_of_supervision_reaches_the_work_that_starts_after_it()
    {
        Put(Of(FaultKind.Outage));
        Send("restarts", "resumes");
        Tune(Knobs with { ActorSupervision = Supervision.Resume });
        Elapse(100);
        Assert.Equal((1, WorkOutcome.Failed), Got(ExpectMsg<WorkAnswer>()));
        Soon(() => Assert.Equal(0, Look().QueueLength));
        Elapse(100);
        Assert.Equal((2, WorkOutcome.Failed), Got(ExpectMsg<WorkAnswer>()));
        Assert.Equal(1, Look().Workers[0].Restarts);
    }

    [Fact]
    public void A_reset_makes_every_worker_well()
    {
        Knobs = Knobs with { Workers = 2, ActorSupervision = Supervision.Resume };
        Put(Of(FaultKind.Corrupt));
        Do("spoils");
        Do("spoils the other");
        Send("under way");
        Put();
        Tell(Reset.Now);
        Elapse(100);
        ExpectMsg<WorkAnswer>();
        Assert.All(Look().Workers, worker => Assert.Equal(WorkerState.Idle, worker.State));
        Assert.All(Enumerable.Range(0, 4), n => Assert.Equal(WorkOutcome.Completed, Do($"{n}").Outcome));
        Balances();
    }

    [Theory]
    [InlineData(false, "waits", "waits too")]
    [InlineData(true, "waits", "waits")]
    public void A_reset_refuses_what_waits_each_once_and_what_has_begun_ends(bool idempotency, params string[] waiting)
    {
        Knobs = Knobs with { Idempotency = idempotency };
        Send(["has begun", .. waiting]);
        Tell(Reset.Now);
        Assert.Equal([(2L, WorkOutcome.Busy), (3L, WorkOutcome.Busy)], ReceiveN(2).Cast<WorkAnswer>().Select(Got).Order());
        Assert.Equal((0, 1, 1), (Look().Ledger.Waiting, Look().Ledger.Running, Look().Ledger.Received));
        Elapse(100);
        Assert.Equal((1, WorkOutcome.Completed), Got(ExpectMsg<WorkAnswer>()));
        Nothing();
        Assert.Equal((1, 1, 0), (Look().Ledger.Received, Look().Ledger.Completed, Look().Ledger.Refused));
        Balances();
    }

    [Fact]
    public void What_waits_behind_a_hung_worker_does_not_begin_with_the_reset_that_frees_it()
    {
        Knobs = Knobs with { HangAfter = TimeSpan.Zero };
        Put(Of(FaultKind.Hang));
        Send("hangs", "waits");
        Elapse(1_000);
        Put();
        Tell(Reset.Now);
        Assert.Equal([(1L, WorkOutcome.Hung), (2L, WorkOutcome.Busy)], ReceiveN(2).Cast<WorkAnswer>().Select(Got).Order());
        Assert.Equal((0, WorkerState.Idle), (Look().Ledger.Received, Look().Workers[0].State));
        Balances();
    }

    [Fact]
    public void A_watchdog_that_is_turned_on_watches_the_work_that_begins_after_it()
    {
        Knobs = Knobs with { HangAfter = TimeSpan.Zero, Workers = 2 };
        Put(Of(FaultKind.Hang));
        Send("began without one");
        Tune(Knobs with { HangAfter = TimeSpan.FromSeconds(1) });
        Send("begins with one");
        Elapse(2_000);
        Assert.Equal((2, WorkOutcome.Hung), Got(ExpectMsg<WorkAnswer>()));
        Assert.Equal([WorkerState.Hung, WorkerState.Idle], Look().Workers.Select(worker => worker.State));
        Tell(Reset.Now);
        Assert.Equal((1, WorkOutcome.Hung), Got(ExpectMsg<WorkAnswer>()));
        Assert.Equal(WorkerState.Idle, Look().Workers[0].State);
        Balances();
    }

    [Fact]
    public void The_crew_may_shrink_and_grow_whatever_state_its_workers_are_in()
    {
        Knobs = Knobs with { Workers = 4, ActorSupervision = Supervision.Resume };
        Put(Of(FaultKind.Corrupt) with { Worker = 3 }, Of(FaultKind.Hang) with { Worker = 2 });
        Send("a", "b", "hangs", "spoils");
        Elapse(100);
        ReceiveN(3);
        Tune(Knobs with { Workers = 1 });
        Tune(Knobs with { Workers = 4 });
        Put();
        Elapse(5_200);
        Assert.Equal(WorkOutcome.Hung, ExpectMsg<WorkAnswer>().Outcome);
        Assert.All(Enumerable.Range(0, 4), n => Assert.Equal(WorkOutcome.Completed, Do($"{n}").Outcome));
        Assert.All(Look().Workers, worker => Assert.Equal(WorkerState.Idle, worker.State));
        Balances();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_books_balance_under_every_fault(FaultKind kind)
    {
        Knobs = Knobs with { Workers = 3, QueueLimit = 3, AnswerBeforeRestart = false };
        Put(Of(kind) with
        {
            Probability = 0.4,
            Share = 0.4,
            Good = 0.3,
            ForSeconds = 3,
            MedianMs = 250,
        });
        for (var n = 0; n < 40; n++)
        {
            SendWithin(10_000, $"42-{n}"); // where all workers are stopped, it waits until then
            Elapse(70);
            Balances();
        }
        Elapse(20_000); // what waited has begun or expired by now, and what hung has been replaced
        Soon(() => Assert.Equal((0, 0, 40), (Look().Ledger.Waiting, Look().Ledger.Running, Look().Ledger.Received)));
        Balances();
        var (books, effects) = (Look().Ledger, Look().Effects);
        Assert.Equal(books.Completed, effects.Unique + effects.Duplicate);
        Assert.All(ReceiveN((int)(40 - books.Lost - books.Wasted), TimeSpan.FromMinutes(2)), answer => Assert.IsType<WorkAnswer>(answer));
        ExpectNoMsg(TimeSpan.FromMilliseconds(50));
    }

    public static TheoryData<FaultKind> Kinds => [.. Enum.GetValues<FaultKind>()];

    WorkAnswer Do(string id)
    {
        Send(id);
        Elapse(100);
        var answer = ExpectMsg<WorkAnswer>();
        Soon(() => Assert.All(Look().Workers, worker => Assert.True(worker.State != WorkerState.Restarting || worker.LastFault is "crash")));
        return answer;
    }

    static Fault Of(FaultKind kind) => new(kind, kind.Word());

    static (WorkOutcome, string?) OutcomeAndFault(WorkAnswer answer) => (answer.Outcome, answer.Fault);
}
