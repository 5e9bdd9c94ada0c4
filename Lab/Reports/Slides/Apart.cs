namespace TinyResilient.Lab.Reports.Slides;

/// <summary>Moves labels apart: none overlaps another, all stay between the ends, and each is as near to its place as can be.</summary>
static class Apart
{
    /// <param name="wanted">Where the middle of each label should be, in any order.</param>
    /// <param name="heights">Of each label.</param>
    /// <returns>The middle of each label, in the order of <paramref name="wanted"/>. More than there is room for end closer together.</returns>
    public static IReadOnlyList<double> Of(IReadOnlyList<double> wanted, IReadOnlyList<double> heights, double top, double bottom)
    {
        var squeeze = Math.Min(1, (bottom - top) / Math.Max(1e-9, heights.Sum()));
        var order = Enumerable.Range(0, wanted.Count).OrderBy(index => wanted[index]).ToList(); // stable: equal ones keep their order
        var groups = new Stack<Group>();
        foreach (var index in order)
        {
            var height = heights[index] * squeeze;
            var group = new Group([index], wanted[index] - height / 2, height);
            while (groups.TryPeek(out var above) && above.Start(top, bottom) + above.Height > group.Start(top, bottom) + 1e-9)
                group = groups.Pop().With(group);
            groups.Push(group);
        }
        var middles = new double[wanted.Count];
        foreach (var group in groups)
        {
            var start = group.Start(top, bottom);
            foreach (var index in group.Members)
            {
                middles[index] = start + heights[index] * squeeze / 2;
                start += heights[index] * squeeze;
            }
        }
        return middles;
    }

    /// <summary>Labels that touch each other.</summary>
    /// <param name="SumOfStarts">Where each would have the group start, added up.</param>
    sealed record Group(IReadOnlyList<int> Members, double SumOfStarts, double Height)
    {
        public double Start(double top, double bottom) =>
            Math.Max(top, Math.Min(SumOfStarts / Members.Count, bottom - Height));

        public Group With(Group below) => new([.. Members, .. below.Members],
            SumOfStarts + below.SumOfStarts - Height * below.Members.Count, Height + below.Height);
    }
}
