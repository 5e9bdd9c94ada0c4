using TinyResilient.Lab.Processes;
using Xunit;

namespace Specs.Lab;

public class ExitWordsSpecs
{
    [Theory]
    [InlineData(0, "exit code 0")]
    [InlineData(2, "exit code 2")]
    [InlineData(134, "killed by SIGABRT")]
    [InlineData(137, "killed by SIGKILL")]
    [InlineData(143, "killed by SIGTERM")]
    [InlineData(255, "exit code 255")]
    public void A_signal_is_called_by_its_name(int code, string words) =>
        Assert.Equal(words, ExitWords.Of(code, windows: false));

    [Fact]
    public void Windows_has_exit_codes_only() => Assert.Equal("exit code 137", ExitWords.Of(137, windows: true));
}
