using System.CommandLine;
using System.Runtime.InteropServices;
using Spectre.Console;
using TinyResilient.Lab.Http;
using TinyResilient.Lab.Processes;
using TinyResilient.Lab.Talks;
using TinyResilient.LoadTest;

namespace TinyResilient.Lab.Commands;

/// <summary>`tiny talk`: plays a document whose code blocks are commands, on the running lab.</summary>
static class TalkCommand
{
    public const string Name = "talk";

    // Fast enough to be waited for, slow enough to be followed.
    static readonly TimeSpan keyPause = TimeSpan.FromMilliseconds(15);

    // Before a command that is typed while another runs: until its load is under way, and as docs/talk.md asks between pause and resume.
    static readonly TimeSpan meanwhilePause = TimeSpan.FromSeconds(2);

    public static Command Create()
    {
        var file = new Argument<string>("FILE")
        {
            Description = $"A Markdown file such as docs/talk.md. Its code blocks hold nothing but lines that begin with {TypedCommand.Tiny} or "
                + $"{TypedCommand.Curl}; those under a line that begins with \"{TalkReader.Meanwhile}\" are typed while the command before them runs",
        };
        var yes = new Option<bool>("--yes") { Description = "Play it through without waiting for keys, also without a terminal" };
        var command = new Command(Name, "Play a talk on the running lab: shows its prose, types its commands, and runs each at a key. "
            + "Return runs what is typed, r repeats the last one, s skips, j jumps to an act, q quits; Ctrl-C ends a command and not the talk")
        {
            file, yes,
        };
        command.SetAction((parsed, _) => RunAsync(parsed.GetValue(file)!, parsed.GetValue(yes), PortPlan.From(parsed.GetValue(Tiny.PortBase))));
        return command;
    }

    /// <summary>What the command line has to say against a command of a talk, or null.</summary>
    internal static string? Check(TypedCommand command) => command.IsTiny && Tiny.Create().Parse([.. command.Words.Skip(1)]).Errors is [var error, ..]
        ? string.Join(' ', error.Message.Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries)) : null;

    static async Task<int> RunAsync(string file, bool isUnattended, PortPlan ports)
    {
        if (TalkFile.Read(file, Check, out var problems) is not { } talk)
            return Ending.Fail(ExitCode.Usage, problems);
        var isTerminal = !Console.IsInputRedirected && !Console.IsOutputRedirected;
        if (!isTerminal && !isUnattended)
            return Ending.Fail(ExitCode.Usage, "tiny talk waits for keys, and there is no terminal; --yes plays it through without them");
        if (talk.Commands.Any(command => !command.IsTiny) && OnPath.Find(TypedCommand.Curl) is null)
            return Ending.Fail(ExitCode.Failed, $"{file} types {TypedCommand.Curl}, which is not on the PATH");
        using var http = ServiceClient.Http(Readiness.Limit);
        var readiness = new Readiness(http, TimeProvider.System);
        if (isUnattended && await readiness.WaitAsync(Service.A.Ready(ports), CancellationToken.None, isStarting: false) is { } complaint)
            return Ending.Fail(ExitCode.Failed, $"service-a {complaint} on port {ports.HttpA}; start a lab with: tiny up, or name another with --port-base");

        var console = AnsiConsole.Create(new() { Interactive = isTerminal ? InteractionSupport.Yes : InteractionSupport.No });
        var screen = new TalkScreen(console, isTerminal ? keyPause : TimeSpan.Zero, TimeProvider.System);
        IWishes wishes = isUnattended
            ? new Unattended(stop => readiness.WaitAsync(Service.A.Ready(ports), stop), meanwhilePause, TimeProvider.System)
            : new SpeakersKeys(talk, console, screen);
        var steps = Step.Of(talk, (command, _) => command.For(ports));
        using var player = new TalkPlayer(steps, screen, wishes, new CommandRunner(ports, readiness, isTerminal, TimeProvider.System), TimeProvider.System);
        var code = await PlayAsync(player, isUnattended);
        if (!isUnattended || code != ExitCode.Ok || player.Failed.Count == 0)
            return code;
        return Ending.Fail(ExitCode.Failed, $"{player.Failed.Count} of {steps.OfType<Run>().Count()} commands failed: "
            + string.Join("; ", player.Failed.Select(failed => $"{failed.Step.Command.Text} ({failed.Code})")));
    }

    static async Task<int> PlayAsync(TalkPlayer player, bool isUnattended)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = On(PosixSignal.SIGINT, () =>
        {
            if (isUnattended)
                stop.Cancel();
            else
                player.Interrupt();
        });
        using var terminate = On(PosixSignal.SIGTERM, stop.Cancel);
        using var hangUp = On(PosixSignal.SIGHUP, stop.Cancel);
        return await player.PlayAsync(stop.Token);
    }

    static PosixSignalRegistration On(PosixSignal signal, Action act) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        act();
    });
}
