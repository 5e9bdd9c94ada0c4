using Specs.Repository;
using Xunit;

namespace Specs.Lab.Reports;

/// <summary>Texts that somebody has read and found good, beside the specs. Who changes one on purpose copies the received text over it.</summary>
static class Approved
{
    /// <param name="name">With ending, as in <c>corrupt.approved.svg</c>.</param>
    public static void Is(string name, string received)
    {
        var path = $"tests/Specs/Lab/Reports/{name}";
        if (Files.Exist(path) && Files.Read(path).ReplaceLineEndings("\n") == received)
            return;
        var temporary = Path.Combine(Path.GetTempPath(), name.Replace(".approved.", ".received.", StringComparison.Ordinal));
        File.WriteAllText(temporary, received);
        Assert.Fail($"{path} is not what was received: see {temporary}");
    }
}
