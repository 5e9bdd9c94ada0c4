using System.Globalization;
using System.Text;
using TinyResilient.Lab.Processes;
using TinyResilient.Lab.Talks;
using Xunit;

namespace ProcessSpecs.Harness;

/// <summary>
/// A lab that `tiny` has started, and a user who types commands as a document has them. Nothing but the ports is
/// changed, and, where the user is told to hurry, how long a load lasts.
/// </summary>
public sealed class RunningLab : IAsyncLifetime
{
    readonly StringBuilder transcript = new();
    RunningProgram lab = null!;
    Client a = null!;

    /// <summary>The port of its ServiceA.</summary>
    public int PortBase { get; } = Ports.Free(5);

    /// <summary>What was typed since the last time that somebody asked, and what came of it.</summary>
    public string TakeTranscript()
    {
        var text = transcript.ToString();
        transcript.Clear();
        return text;
    }

    public async Task InitializeAsync()
    {
        (lab, a) = (RunningProgram.Start("Lab", ["--port-base", $"{PortBase}"], []), new Client(PortBase));
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
    internal async Task<int> Type(TypedCommand command, int? longestSeconds = null, Func<Task>? meanwhile = null)
    {
        var typed = (longestSeconds is { } limit ? command.Shortened(limit) : command).For(PortPlan.From(PortBase));
        var code = typed.IsTiny ? await Run(typed.Words.Skip(1), meanwhile)
            : typed.Words is [_, var address] ? await Fetch(address)
            : throw new InvalidOperationException($"a user of these documents does not know: {command.Text}");
        transcript.AppendLine(CultureInfo.InvariantCulture, $"=> {code}: {typed.Text}");
        return code;
    }

    async Task<int> Run(IEnumerable<string> arguments, Func<Task>? meanwhile)
    {
        var sent = await Sent();
        using var program = RunningProgram.Start("Lab", arguments, []);
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
        using var service = new Client(url.Port);
        var answer = await service.Get(url.PathAndQuery);
        transcript.AppendLine(answer.Text);
        return answer.Status == 200 ? 0 : answer.Status;
    }

    async Task<long> Sent() => (await a.Ledger("requests")).Of("sent");
}
