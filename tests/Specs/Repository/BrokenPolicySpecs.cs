using System.Diagnostics;
using Xunit;

namespace Specs.Repository;

/// <summary>The broken policies of tests/broken, which claims must notice: they have to fit the sources of today.</summary>
public class BrokenPolicySpecs
{
    public static TheoryData<string> Patches => [.. Files.All(".patch")];

    [Theory, MemberData(nameof(Patches))]
    public async Task Each_broken_policy_still_fits_the_sources_that_it_breaks(string patch)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["apply", "--check", patch])
        {
            WorkingDirectory = Files.Root,
            RedirectStandardError = true,
        })!;
        var complaint = await git.StandardError.ReadToEndAsync();
        await git.WaitForExitAsync();
        Assert.True(git.ExitCode == 0, complaint);
    }

    [Fact]
    public void There_is_one_for_retries_and_one_for_supervision() =>
        Assert.Equal(["tests/broken/corrupt.patch", "tests/broken/errors.patch"], Files.All(".patch").Order());
}
