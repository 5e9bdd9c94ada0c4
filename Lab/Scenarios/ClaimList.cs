using TinyResilient.Lab.Model;
using TinyResilient.Lab.Results;
using TinyResilient.Lab.Statistics;

namespace TinyResilient.Lab.Scenarios;

/// <summary>
/// The claims of one scenario. Each has a band wide enough that all claims of a whole run hold together with 99.9 %
/// if theory is right. A band that also takes in what the claim denies can refute, but not confirm.
/// </summary>
sealed class ClaimList(Evidence evidence)
{
    /// <summary>No run makes more claims than that; the band of each follows from it (Bonferroni).</summary>
    public const int Most = 500;

    static readonly double z = Confidence.Z(Confidence.PerClaim(Confidence.OfARun, Most));

    // Standard deviations: a verdict is a word for people, with 99 %.
    const double Beyond = 2.6;

    // As many seeds as are said to be enough tell it in 99 of 100 runs.
    const double Short = 2.33;

    readonly List<Claim> _claims = [];

    public IReadOnlyList<Claim> All => _claims;

    public bool AllHold => _claims.All(claim => claim.Judgement == Judgement.Holds);

    /// <summary>Requests are independent: the measured share of successes must be near a probability (Wilson's score test).</summary>
    public void Share(string arm, string lane, string measure, double probability, string words, double? rival = null)
    {
        var n = evidence.Runs(arm, lane).Count * evidence.Arm(arm).Requests;
        var half = z * Math.Sqrt(probability * (1 - probability) / n) + 3.0 / n;
        Near($"{arm}, lane {lane}: {words} (percent)", 100 * evidence.Mean(arm, lane, measure), 100 * probability, 100 * half, 100 * rival, isPercent: true);
    }

    /// <summary>Requests are independent, each with a number of known scatter: the mean must be near the expected one (normal approximation).</summary>
    public void MeanOf(string arm, string lane, string measure, double expected, double deviation, string words)
    {
        var n = evidence.Runs(arm, lane).Count * evidence.Arm(arm).Requests;
        Near($"{arm}, lane {lane}: {words}", evidence.Mean(arm, lane, measure), expected, z * deviation / Math.Sqrt(n) + 3.0 / n);
    }

    /// <summary>The run is the unit: the mean over seeds must be where the model's runs of the same length are.</summary>
    /// <param name="scale">From the measure's unit to that of the words; 100 makes percent of a share.</param>
    /// <param name="theory">Of a closed formula in the measure's unit, where there is one; the model's mean otherwise.</param>
    /// <param name="slack">What the model leaves out, in the measure's unit, with its reason beside the call.</param>
    public void Model(
        string arm, string lane, string measure, string words, double scale = 100, double? theory = null, double? rival = null, double slack = 0)
    {
        var expected = evidence.Expected(arm).Of(measure);
        var half = Half(expected, evidence.All(arm, lane, measure).Count, evidence.Arm(arm).Requests, slack);
        // Half the scale to either side says nothing about a share.
        var denied = rival ?? (measure is Measure.Success && half > 0.5 ? expected.Mean : null);
        Near($"{arm}, lane {lane}: {words}", scale * evidence.Mean(arm, lane, measure), scale * expected.Mean, scale * half, scale * denied, scale * theory,
            isPercent: Measure.IsShare(measure));
    }

    /// <summary>The mean share over seeds must be where that of simulated runs of the same size is, in percent.</summary>
    /// <param name="all">One share for each seed.</param>
    /// <param name="requests">Of one run.</param>
    public void Like(string text, IReadOnlyList<double> all, Estimate expected, int requests, double? rival = null, double slack = 0) =>
        Near(text, 100 * all.DefaultIfEmpty(0).Average(), 100 * expected.Mean, 100 * Half(expected, all.Count, requests, slack), 100 * rival, isPercent: true);

    /// <summary>Same policies, same ids, same faults: the lanes must agree within what two runs of the model differ by.</summary>
    public void LanesAgree(string arm, string measure = Measure.Success, double slack = 0)
    {
        var n = Math.Max(1, evidence.Runs(arm, Lane.Actor).Count);
        var deviation = evidence.Expected(arm).Of(measure).Deviation;
        var half = z * deviation * Math.Sqrt(2.0 / n) + z * z / (n * evidence.Arm(arm).Requests) + slack;
        Near($"{arm}: the lanes agree (null claim; {measure.Replace('_', ' ')}, actor less http, points)",
            100 * (evidence.Mean(arm, Lane.Actor, measure) - evidence.Mean(arm, Lane.Http, measure)), 0, 100 * half);
    }

    /// <summary>Same policies, same ids, nothing that depends on time: every request must end the same way in both lanes.</summary>
    public void LanesAreIdentical(string arm)
    {
        var differing = evidence.Runs(arm, Lane.Actor).Zip(evidence.Runs(arm, Lane.Http))
            .Count(pair => pair.First.OutcomeHash != pair.Second.OutcomeHash);
        Between($"{arm}: seeds in which any request id ended differently in the two lanes", differing, 0, 0, 0);
    }

    static double Half(Estimate expected, int seeds, int requests, double slack)
    {
        var n = Math.Max(1, seeds);
        return z * expected.Deviation * Math.Sqrt(1.0 / n + 1.0 / Expectation.Runs) + z * z / (n * requests) + slack;
    }

    /// <summary>A number that must be near a theory.</summary>
    /// <param name="isPercent">Whether it is a share, which ends at 0 and at 100.</param>
    public void Near(string text, double measured, double expected, double half, double? rival = null, double? theory = null, bool isPercent = false) =>
        Between(text, measured, Cut(expected - half, isPercent), Cut(expected + half, isPercent), theory ?? expected, rival);

    static double Cut(double limit, bool isPercent) => isPercent ? Math.Clamp(limit, 0, 100) : limit;

    /// <summary>A number that must lie between two others; null: no limit.</summary>
    /// <param name="rival">The value that the claim denies.</param>
    public void Between(string text, double measured, double? low, double? high, double? theory = null, double? rival = null)
    {
        var isBlind = double.IsNaN(low ?? 0) || double.IsNaN(high ?? 0) || (rival is { } denied && !(denied < low) && !(denied > high));
        var holds = !(measured < low) && !(measured > high);
        _claims.Add(new(text, measured, theory, low, high,
            !holds ? Judgement.Fails : isBlind ? Judgement.TooShort : Judgement.Holds));
    }

    /// <summary>What a policy does: the difference of two arms, and whether it is more than their scatter.</summary>
    /// <param name="least">A difference up to this is none.</param>
    public Verdict Verdict(string policy, string without, string with, string measure = Measure.Success, double scale = 100,
        string of = "points of success", bool moreIsBetter = true, double least = 0.01)
    {
        var difference = evidence.Mean(with, measure) - evidence.Mean(without, measure);
        var scatterOfOne = Beyond * Math.Sqrt(Variance(with) + Variance(without));
        var scatter = Math.Min(
            scatterOfOne / Math.Sqrt(Math.Max(1, evidence.Seeds.Count)),
            evidence.PairedScatter(without, with, measure) ?? double.PositiveInfinity);
        // No difference proves nothing where theory expects one that such runs differ by anyway.
        var expected = evidence.ExpectedDifference(without, with, measure);
        var effect = Math.Abs(difference) <= least ? expected > least && expected <= scatter ? Effect.Unclear : Effect.Neutral
            : Math.Abs(difference) <= scatter ? Effect.Unclear
            : difference > 0 == moreIsBetter ? Effect.Helps : Effect.Harms;
        // What is expected must be more than the scatter of so many seeds, and by as much again as a run of them may fall short of it.
        int? seeds = effect == Effect.Unclear && expected > least
            ? (int)Math.Ceiling(Math.Pow(scatterOfOne * (1 + Short / Beyond) / expected, 2)) : null;
        return new(policy, effect, scale * difference, of, seeds);

        double Variance(string arm) => Math.Pow(evidence.Deviation(arm, measure), 2);
    }
}
