using Xunit;
using Files = Specs.Repository.Files;

namespace Specs.Lab;

public class PureRoomSpecs
{
    [Theory]
    [InlineData("Lab/Theory/")]
    [InlineData("Lab/Statistics/")]
    [InlineData("Lab/Model/")]
    public void Theory_statistics_and_model_see_no_HTTP_no_actor_no_clock_and_no_process(string room)
    {
        var files = Files.All(".cs").Where(path => path.StartsWith(room, StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(files);
        foreach (var word in new[] { "System.Net", "Akka.", "TimeProvider", "Process", "Console", "ServiceA", "ServiceB" })
            Assert.DoesNotContain(files, path => Files.Read(path).Split('\n')
                .Any(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && line.Contains(word)));
    }
}
