using System.CommandLine;
using TinyResilient.Lab.Processes;
using TinyResilient.LoadTest;

namespace TinyResilient.Lab.Commands;

/// <summary>`tiny kill`, `tiny pause` and `tiny resume`: what can happen to a process.</summary>
static class ProcessCommands
{
    public static Command Kill() => Create("kill", Signal.Kill,
        "Kill a service at once (SIGKILL); tiny up starts it again", "killed; tiny up starts it again", "kill");

    public static Command Pause() => Create("pause", Signal.Pause,
        "Stop a service in its tracks (SIGSTOP): it lives, and answers nobody; not on Windows",
        "paused; tiny resume lets it go on", "pause");

    public static Command Resume() => Create("resume", Signal.Resume,
        "Let a paused service go on (SIGCONT); not on Windows", "goes on", "unpause");

    static Command Create(string name, Signal signal, string description, string done, string verb)
    {
        var service = new Argument<string>("SERVICE") { Description = "service-a or service-b; with up --nodes also service-b-2, service-b-3, …" };
        service.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && Service.Find(token.Value) is null)
                result.AddError($"{token.Value} is not service-a, service-b, or service-b-2 to service-b-{Service.MostNodes}");
        });
        var command = new Command(name, description) { service };
        command.SetAction(result =>
            Send(result.GetValue(service)!, result.GetValue(Tiny.PortBase), signal, done, verb));
        return command;
    }

    /// <summary>What does the same beside docker-compose.yml, which publishes the usual ports and has these two names; null elsewhere.</summary>
    /// <param name="verb">As Docker calls it.</param>
    internal static string? InDocker(string verb, string service, int portBase) =>
        portBase == PortPlan.DefaultBase && Service.All.Any(one => one.Name == service) ? $"docker compose {verb} {service}" : null;

    static int Send(string service, int portBase, Signal signal, string done, string verb)
    {
        if (signal != Signal.Kill && !Signals.CanPause)
            return Ending.Fail(ExitCode.Failed, "Windows cannot pause a process; kill is there, and pause works on Linux and macOS.");
        var processes = RunFile.For(portBase).Read();
        var target = SignalTarget.Find(processes, service, portBase, process => process.Runs(), InDocker(verb, service, portBase));
        if (target.Pid is not { } pid)
            return Ending.Fail(ExitCode.Failed, target.Complaint);
        if (!Signals.Send(pid, signal))
            return Ending.Fail(ExitCode.Failed, $"{service} (process {pid}) ended just now, or belongs to another user.");
        Console.WriteLine($"{service} (process {pid}) {done}.");
        return ExitCode.Ok;
    }
}
