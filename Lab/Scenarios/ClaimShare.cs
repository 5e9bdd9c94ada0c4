using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Scenarios;

/// <summary>How often a claim holds that is judged again and again, each time by other seeds.</summary>
/// <param name="Times">That it was judged; at the times left it could not be told.</param>
sealed record ClaimShare(string Text, int Holds, int Fails, int Times)
{
    /// <summary>The claims of a scenario, judged by so many seeds at a time; seeds that are left over judge nothing.</summary>
    public static IReadOnlyList<ClaimShare> Of(Evidence evidence, int seeds) =>
    [
        .. from part in evidence.Seeds.Chunk(seeds)
           where part.Length == seeds
           from claim in evidence.By(part).Result().Claims
           group claim.Judgement by claim.Text into each
           select new ClaimShare(each.Key, each.Count(one => one == Judgement.Holds), each.Count(one => one == Judgement.Fails), each.Count()),
    ];
}
