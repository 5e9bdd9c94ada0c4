using TinyResilient.ServiceB.Faults;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Messages;
using Xunit;

namespace Specs.Messages;

public class WireSpecs
{
    static readonly DoWork work = new(1, "42-1", 1, 1_000, 1, "sender", null);
    static readonly WorkAnswer answer = new(1, WorkOutcome.Failed, "host", 5, 3, "error");

    public static TheoryData<DoWork> Unsendable =>
    [
        work with { RequestId = "" },
        work with { RequestId = "a b" },
        work with { Attempt = 0 },
        work with { BudgetMs = -1 },
        work with { BudgetMs = double.NaN },
        work with { SentMs = double.PositiveInfinity },
        work with { Sender = "" },
        work with { TraceParent = "ü" },
        work with { TraceParent = new string('0', 129) },
    ];

    [Fact]
    public void Carries_what_the_services_say()
    {
        Assert.True(Wire.Carries(work));
        Assert.True(Wire.Carries(work with { TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" }));
        Assert.True(Wire.Carries(answer));
        Assert.True(Wire.Carries(new Probed("incarnation", "host", Accepting: true)));
    }

    [Theory]
    [MemberData(nameof(Unsendable))]
    public void Does_not_carry_what_the_other_side_would_drop(DoWork work) => Assert.False(Wire.Carries(work));

    public static TheoryData<WorkAnswer> Answers =>
    [
        answer with { Host = "" },
        answer with { Host = new string('h', 256) },
        answer with { Fault = new string('f', 65) },
        answer with { ProcessingMs = -50 },
        answer with { ProcessingMs = double.NaN },
        answer with { ProcessingMs = 1e300 },
    ];

    [Theory]
    [MemberData(nameof(Answers))]
    public void Every_answer_can_be_made_fit_to_be_sent(WorkAnswer answer)
    {
        Assert.False(Wire.Carries(answer));
        var fit = Wire.Fit(answer);
        Assert.True(Wire.Carries(fit));
        Assert.Equal((answer.CallId, answer.Outcome, answer.Worker), (fit.CallId, fit.Outcome, fit.Worker));
    }

    [Fact]
    public void An_answer_that_is_fit_stays_as_it_is() => Assert.Same(answer, Wire.Fit(answer));

    // In lane http it is a header
    [Fact]
    public void Every_fault_has_a_name_that_both_lanes_can_say() => Assert.All(Enum.GetValues<FaultKind>(), kind =>
    {
        Assert.True(Wire.Carries(answer with { Fault = kind.Word() }));
        Assert.Matches("^[a-z_]+$", kind.Word());
    });
}
