using TinyResilient.Lab.Processes;
using TinyResilient.Lab.Running;
using TinyResilient.Lab.Virtual;
using TinyResilient.LoadTest;

namespace TinyResilient.Lab.Commands;

/// <summary>What a command does in virtual time, and how it ends.</summary>
static class VirtualWork
{
    /// <param name="work">Gives the exit code.</param>
    /// <param name="stopped">Said after Ctrl-C.</param>
    /// <param name="count">Processes that work at the same time.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> DoAsync(Func<VirtualBenches, Task<int>> work, string stopped, int count, CancellationToken stop)
    {
        var benches = new VirtualBenches(count);
        try
        {
            return await work(benches);
        }
        catch (RefusedException refused)
        {
            return Ending.Fail(ExitCode.Usage, refused.Why);
        }
        catch (Exception failure) when (failure is RunFailedException or IOException or UnauthorizedAccessException)
        {
            return Ending.Fail(ExitCode.Failed, failure.Message);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Ending.Fail(ExitCode.Interrupted, stopped);
        }
        finally
        {
            await benches.LeaveAsync();
        }
    }
}
