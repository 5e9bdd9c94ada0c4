using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Scenarios;

/// <summary>S6: a worker throws, its state is fine. Who answers for the message that was in its hands?</summary>
sealed class Crash() : Scenario("crash", "S6")
{
    const string Answered = "answered, 2 retries";
    const string Unanswered = "not answered, 2 retries";
    const string AnsweredOnce = "answered, no retries";
    const string UnansweredOnce = "not answered, no retries";
    const double TimeoutS = 0.5;

    public override Explanation Explanation => new(
        Fault: "with probability p a worker crashes on a request; it is restarted at once, and its state is fine",
        Question: "What is the message worth that was in its hands?",
        Theory: "one message is lost for each crash when nobody answers for it; a retry then comes after the timeout, otherwise at once. "
            + "Success 1 - p^n either way; availability of a worker MTTF/(MTTF + MTTR)",
        Source: "Gray, Why do computers stop and what can be done about it, 1985",
        Watch: "success is the same; p95 is not",
        NotShown: "crashes that corrupt state (corrupt), or that come with the request (query-of-death)");

    public override IReadOnlyList<Parameter> Parameters =>
    [
        Parameter.Number("p", 0.1, 0, 0.9, "probability that a request crashes its worker"),
        Parameter.Number("rate", 100, 1, 1_000, "requests per second in each lane"),
        Parameter.Number("seconds", 10, 1, 600, "length of an arm"),
    ];

    public override IReadOnlyList<Arm> Arms(Values values)
    {
        var answered = new Arm(AnsweredOnce)
        {
            Knobs = Setting.Plain(workers: 64, workMs: 10),
            Faults = [Setting.Fault("crash", ("probability", values["p"]))],
            Rate = values["rate"],
            Seconds = values["seconds"],
        }.With(AnsweredOnce, ("REQUEST_TIMEOUT_S", TimeoutS));
        var unanswered = answered.With(UnansweredOnce, ("ANSWER_BEFORE_RESTART", false));
        return [answered, unanswered, answered.With(Answered, Setting.Retries(2)), unanswered.With(Unanswered, Setting.Retries(2))];
    }

    public override IReadOnlyDictionary<string, Effect> Expected { get; } = new Dictionary<string, Effect>
    {
        ["retries"] = Effect.Helps,
        ["answer before restart"] = Effect.Helps,
    };

    public override Findings Judge(Evidence evidence)
    {
        var claims = new ClaimList(evidence);
        var p = evidence.Values["p"];
        foreach (var arm in evidence.Arms)
        {
            var attempts = 1 + Convert.ToInt32(arm.Knobs["MAX_RETRIES"]);
            var isAnswered = arm.Name is Answered or AnsweredOnce;
            foreach (var lane in arm.Lanes)
            {
                claims.Share(arm.Name, lane, Measure.Success, Theory.Errors.Success(p, attempts), "success");
                claims.Model(arm.Name, lane, Measure.Lost, "lost per 100 requests", theory: isAnswered ? 0 : p * Theory.Errors.AttemptsPerRequest(p, attempts));
            }
            claims.LanesAreIdentical(arm.Name);
        }
        foreach (var lane in Lane.Both)
        {
            claims.Between($"{Answered}, lane {lane}: p95 is below the timeout of {1_000 * TimeoutS} ms, ms", evidence.Mean(Answered, lane, Measure.P95), 0, 1_000 * TimeoutS);
            if (p is > 0.06 and < 0.9)
                claims.Between($"{Unanswered}, lane {lane}: p95 has waited out the timeout, ms", evidence.Mean(Unanswered, lane, Measure.P95), 1_000 * TimeoutS, null);
        }
        var (with, without) = (evidence.Mean(Answered, Measure.P95), evidence.Mean(Unanswered, Measure.P95));
        return new(
            $"A crash that is answered costs {with:0} ms at p95; one that is not costs the timeout: {without:0} ms",
            claims.All,
            [
                claims.Verdict("retries", AnsweredOnce, Answered),
                claims.Verdict("answer before restart", Unanswered, Answered, Measure.P95, 1, "ms at p95", moreIsBetter: false, least: 5),
            ],
            [Charts.Rows(evidence, "crash", $"Answer before you restart: p95 {with:0} ms instead of {without:0} ms", Measure.P95, "p95, ms", scale: 1, max: null)]);
    }
}
