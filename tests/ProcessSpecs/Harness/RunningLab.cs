using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace ProcessSpecs.Harness;

/// <summary>
/// A lab that `tiny` has started, and a user who types commands as a document has them. Nothing but the ports is
/// changed, and, where the user is told to hurry, how long a load lasts.
/// </summary>
public sealed partial class RunningLab : IAsyncLifetime
{
    readonly int portBase = Ports.Free(5);
    readonly StringBuilder transcript = new();
    RunningProgram lab = null!;
    Client a = null!;

    /// <summary>What was typed since the last time that somebody asked, and what came of it.</summary>
    public string TakeTranscript()
    {
        var text = transcript.ToString();
        transcript.Clear();
        return text;
    }

    public async Task InitializeAsync()
    {
        (lab, a) = (Tiny([]), new Client(portBase));
        await Until.Fact("both are ready", () => lab.Output.Contains("Both services are ready.", StringComparison.Ordinal));
    }

    public Task DisposeAsync()
    {
        lab.Dispose();
        a.Dispose();
        return Task.CompletedTask;
    }

    /// <summary>Whether both services are there and find each other.</summary>
    public Task IsReady() => Pair.IsReady(a);

    /// <summary>Types a command, and types others while it runs.</summary>
    /// <param name="command">As it stands in the document.</param>
    /// <param name="longestSeconds">A load that would last longer lasts so long; null: as long as it says.</param>
    /// <param name="meanwhile">What to do once its load has begun.</param>
    /// <returns>The exit code. Of curl: 0 for an answer that is a success, else its status.</returns>
    public async Task<int> Type(string command, int? longestSeconds = null, Func<Task>? meanwhile = null)
    {
        List<string> words = [.. Word().Matches(command).Select(word => word.Value.Trim('"'))];
        var code = words switch
        {
            ["./tiny", .. var arguments] => await Run(Shortened(arguments, longestSeconds), meanwhile),
            ["curl", var address] => await Fetch(address),
            _ => throw new InvalidOperationException($"a user of these documents does not know: {command}"),
        };
        transcript.AppendLine(CultureInfo.InvariantCulture, $"=> {code}: {command}");
        return code;
    }

    async Task<int> Run(IEnumerable<string> arguments, Func<Task>? meanwhile)
    {
        var sent = await Sent();
        using var program = Tiny(arguments);
        if (meanwhile is not null)
        {
            await Until.Fact("the load has begun", Sent, now => now > sent);
            await meanwhile();
        }
        var code = await program.ExitCode();
        transcript.AppendLine(program.Output).AppendLine(program.Errors);
        return code;
    }

    async Task<int> Fetch(string address)
    {
        var url = new Uri(address);
        using var service = new Client(portBase + url.Port - 8000);
        var answer = await service.Get(url.PathAndQuery);
        transcript.AppendLine(answer.Text);
        return answer.Status == 200 ? 0 : answer.Status;
    }

    RunningProgram Tiny(IEnumerable<string> arguments) =>
        RunningProgram.Start("Lab", [.. arguments, "--port-base", $"{portBase}"], []);

    async Task<long> Sent() => (await a.Ledger("requests")).Of("sent");

    static IEnumerable<string> Shortened(List<string> arguments, int? longest) => arguments.Select((argument, index) =>
        longest is { } limit && index > 0 && arguments[index - 1] == "--seconds"
            ? $"{Math.Min(limit, int.Parse(argument, CultureInfo.InvariantCulture))}" : argument);

    [GeneratedRegex("""(?:[^\s"]|"[^"]*")+""")]
    private static partial Regex Word();
}
