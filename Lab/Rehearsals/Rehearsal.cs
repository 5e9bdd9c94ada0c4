using System.Reflection;
using System.Runtime.InteropServices;
using Spectre.Console;
using TinyResilient.Lab.Processes;
using TinyResilient.Lab.Reports;
using TinyResilient.Lab.Talks;

namespace TinyResilient.Lab.Rehearsals;

/// <summary>
/// Goes through what can go wrong in a room, the quiet things first: the machine, then the start of a lab of its own, then every command of
/// the talk. What it has started it ends, however it ends itself.
/// </summary>
/// <param name="isQuick">Each act in a few seconds.</param>
/// <param name="record">The file that the stage is recorded in; it must not be there yet.</param>
/// <param name="say">Takes what it does at the moment.</param>
sealed class Rehearsal(PortPlan ports, Talk talk, bool isQuick, string record, Action<string> say, TimeProvider time)
{
    static readonly string[] projects = ["Lab", "ServiceA", "ServiceB", "LoadTest"];

    // Quick: long enough for a load that is to be seen while another command is typed.
    const int QuickSeconds = 1, QuickSecondsBeneath = 5;

    static readonly TimeSpan pause = TimeSpan.FromSeconds(2), quickPause = TimeSpan.FromSeconds(1);

    readonly List<Finding> _findings = [];

    public IReadOnlyList<Finding> Findings => _findings;

    /// <exception cref="OperationCanceledException">It was stopped; the findings are those that were made until then.</exception>
    public async Task RunAsync(CancellationToken stop)
    {
        var arePortsFree = CheckPlace();
        await CheckBuildAsync(stop);
        CheckMachine(stop);
        _findings.Add(OfflineCheck.OfPages(Pages.All()));
        if (arePortsFree)
            await CheckActsAsync(stop);
        else
            _findings.Add(Finding.Red("acts", "not typed, because ports are taken", "free the ports, and rehearse again"));
    }

    bool CheckPlace()
    {
        say("looking at ports, disk, curl and browser");
        var free = PlaceChecks.OfPorts(ports, Ports.IsTaken);
        _findings.Add(free);
        var reports = Path.GetFullPath("reports");
        var problem = PlaceChecks.Unwritable(reports);
        _findings.Add(PlaceChecks.OfDisk(reports, problem, problem is null ? new DriveInfo(reports).AvailableFreeSpace : 0));
        _findings.Add(PlaceChecks.OfCurl(OnPath.Find(TypedCommand.Curl), talk.Commands.Any(command => !command.IsTiny)));
        _findings.Add(PlaceChecks.OfBrowser(Pictures.Browser(Environment.GetEnvironmentVariable("PATH") ?? "", File.Exists)));
        return free.Light == Light.Green;
    }

    async Task CheckBuildAsync(CancellationToken stop)
    {
        say("looking at SDK and build");
        var (root, build) = Sources.Find(AppContext.BaseDirectory);
        var (version, complaint) = await Sdk.VersionAsync(root ?? Environment.CurrentDirectory, time, stop);
        _findings.Add(BuildCheck.OfSdk(version, complaint, RuntimeInformation.FrameworkDescription));
        _findings.Add(BuildCheck.OfProgram(LabVersion.Commit is { Length: > 7 } commit ? $"{LabVersion.Number}, commit {commit[..7]}" : LabVersion.Number,
            Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyConfigurationAttribute>()?.Configuration ?? "no configuration",
            root is null ? [] : [.. projects.Select(project => BuildCheck.Read(root, project, build))]));
    }

    void CheckMachine(CancellationToken stop)
    {
        _findings.Add(PowerCheck.Of(PowerCheck.Read()));
        _findings.Add(ProcessorCheck.OfCores(Environment.ProcessorCount));
        _findings.Add(ProcessorCheck.OfGovernors(ProcessorCheck.Read()));
        say("listening to the noise of the machine, for two seconds");
        var noise = Noise.Measure(time, stop);
        _findings.Add(NoiseCheck.OfTimers(noise));
        _findings.Add(NoiseCheck.OfProcessors(noise));
    }

    async Task CheckActsAsync(CancellationToken stop)
    {
        using var http = Readiness.Client();
        var readiness = new Readiness(http, time);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var watch = new ConnectionWatch(time);
        var watching = watch.WatchAsync(over.Token);
        say("starting a lab");
        var unrecorded = RecordingCheck.Obstacle(record);
        await using (var lab = OwnLab.Start(ports, unrecorded is null ? ["--record", record] : [], time))
        {
            var (took, complaint) = await lab.ReadyAsync(ports, readiness, stop);
            stop.ThrowIfCancellationRequested();
            _findings.Add(StartCheck.Of(took, complaint));
            if (complaint is null)
                _findings.AddRange(ActCheck.Of(talk, await TypeAsync(readiness, stop), OperatingSystem.IsWindows()));
        }
        _findings.Add(unrecorded ?? RecordingCheck.Of(record, time));
        await over.CancelAsync();
        await watching;
        _findings.Add(OfflineCheck.OfConnections(watch.Seen));
    }

    async Task<IReadOnlyList<TypedOnce>> TypeAsync(Readiness readiness, CancellationToken stop)
    {
        var steps = Step.Of(talk, Typed);
        var record = new TypingRecord(new CommandRunner(ports, readiness, isTerminal: false, time), steps, say, time);
        var screen = new TalkScreen(AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(TextWriter.Null) }), TimeSpan.Zero, time);
        var wishes = new Unattended(over => readiness.WaitAsync(Service.A.Ready(ports), over), isQuick ? quickPause : pause, time);
        using var player = new TalkPlayer(steps, screen, wishes, record, time);
        await player.PlayAsync(stop);
        stop.ThrowIfCancellationRequested();
        return record.Typed;
    }

    TypedCommand Typed(TypedCommand command, Moment moment) =>
        (isQuick ? command.Shortened(moment == Moment.Beneath ? QuickSecondsBeneath : QuickSeconds) : command).For(ports);
}
