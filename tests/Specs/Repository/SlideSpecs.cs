using Xunit;

namespace Specs.Repository;

// What stands between "// slide: NAME" and "// end of slide" goes on a slide as it is.
public class SlideSpecs
{
    const int MostLines = 25;
    const int MostColumns = 80;

    public static TheoryData<string, string> Slides => new()
    {
        { "ServiceB/Pool/WorkerActor.cs", "worker" },
        { "ServiceB/Pool/PoolActor.cs", "pool" },
        { "ServiceB/Faults/FaultModel.cs", "fault model" },
        { "ServiceA/Gateway/GatewayActor.cs", "gateway" },
        { "ServiceA/Gateway/CallPath.cs", "call path" },
        { "ServiceA/Upstream/NodeBreaker.cs", "breaker" },
        { "ServiceA/Upstream/ConnectionActor.cs", "connection" },
    };

    [Theory]
    [MemberData(nameof(Slides))]
    public void The_core_of_each_part_fits_a_slide(string file, string name)
    {
        var lines = Files.Read(file).Split('\n');
        var first = Array.FindIndex(lines, line => line.Trim() == $"// slide: {name}") + 1;
        Assert.True(first > 0, $"{file} has no slide {name}");
        var excerpt = lines[first..].TakeWhile(line => line.Trim() != "// end of slide").ToList();
        Assert.InRange(excerpt.Count, 5, MostLines);
        var indent = excerpt.Where(line => line.Length > 0).Min(line => line.Length - line.TrimStart().Length);
        Assert.All(excerpt, line => Assert.InRange(line.Length - Math.Min(indent, line.Length), 0, MostColumns));
    }

    [Fact]
    public void Every_slide_is_known_here()
    {
        var marked = Files.All(".cs").Where(file => !file.StartsWith("tests/", StringComparison.Ordinal))
            .Where(file => Files.Read(file).Contains("// slide: ", StringComparison.Ordinal));
        Assert.Equal(Slides.Select(row => (string)row[0]).Order(), marked.Order());
    }
}
