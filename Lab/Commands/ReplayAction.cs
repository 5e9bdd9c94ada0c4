using System.CommandLine;
using System.CommandLine.Invocation;
using System.Globalization;
using TinyResilient.Lab.Processes;
using TinyResilient.Lab.Results;
using TinyResilient.Lab.Stage;
using TinyResilient.LoadTest;
using TinyResilient.Shared.Hosting;

namespace TinyResilient.Lab.Commands;

/// <summary>`tiny replay FILE`: a recorded stage, without any service, until Ctrl-C.</summary>
sealed class ReplayAction : AsynchronousCommandLineAction
{
    static readonly Argument<string> file = new("FILE") { Description = "What --record has written" };
    static readonly Option<bool> loop = new("--loop") { Description = "Begin again at the end; otherwise the last frame stays" };

    public static Command Create() => new("replay", "Show a recording of the stage, clearly marked as one, without any service")
    {
        Arguments = { file },
        Options = { loop },
        Action = new ReplayAction(),
    };

    public override async Task<int> InvokeAsync(ParseResult parseResult, CancellationToken cancellationToken = default)
    {
        if (StageSettings.Read(PortPlan.From(parseResult.GetValue(Tiny.PortBase)), Console.Error) is not { } settings)
            return ExitCode.Usage;
        var screen = Screen.Standard();
        try
        {
            using var stop = new StopSignals(TimeProvider.System, settings.ExitWithParent);
            using var replay = Replay.Open(parseResult.GetValue(file)!, parseResult.GetValue(loop), TimeProvider.System);
            await using var host = new StageHost(settings, replay, screen.Say, ReplayChanges.Refuse);
            if (await host.StartAsync() is { } obstacle)
                return Ending.Fail(ExitCode.Failed, obstacle);
            screen.Say($"A replay of {Of(replay.Header)}, {replay.LengthMs / 1_000.0:0} s{(replay.IsWhole ? "" : ", cut off there")}, is at "
                + $"http://localhost:{settings.HttpPort}/ and /stage. Ctrl-C ends it.");
            await stop.AskedAsync();
            await host.StopAsync();
            return stop.Code;
        }
        catch (RecordingException none)
        {
            return Ending.Fail(ExitCode.Usage, none.Message);
        }
    }

    static string Of(RecordingHeader header) => header.Clock == Clock.Virtual ? "a run in virtual time"
        : string.Create(CultureInfo.InvariantCulture, $"{header.RecordedAt:yyyy-MM-dd HH:mm} UTC");
}
