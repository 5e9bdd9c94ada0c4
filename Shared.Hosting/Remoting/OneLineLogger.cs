using Akka.Actor;
using Akka.Dispatch;
using Akka.Event;
using Akka.Hosting.Logging;
using Microsoft.Extensions.Logging;
using AkkaLevel = Akka.Event.LogLevel;
using HostLevel = Microsoft.Extensions.Logging.LogLevel;

namespace TinyResilient.Shared.Hosting.Remoting;

/// <summary>
/// Writes Akka's log to the host's. What remoting reports becomes one line without stack trace, once per
/// kind and minute with a count of the rest, because anyone who reaches the port can provoke it. All else
/// passes as it is.
/// </summary>
sealed class OneLineLogger : ActorBase, IWithTimers, IRequiresMessageQueue<ILoggerMessageQueueSemantics>
{
    static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    readonly LogLimit _limit = new();
    readonly ILogger _log;

    public OneLineLogger()
    {
        var setup = Context.System.Settings.Setup.Get<LoggerFactorySetup>();
        _log = setup.Value.LoggerFactory.CreateLogger("Akka");
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() =>
        Timers.StartPeriodicTimer(nameof(CloseWindow), new CloseWindow(), Window);

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case InitializeLogger:
                Sender.Tell(new LoggerInitialized());
                return true;
            case LogEvent entry when RemotingLog.IsFromRemoting(entry):
                WriteOnce(entry);
                return true;
            case LogEvent entry:
                var source = RemotingLog.Source(entry);
                var level = RemotingLog.IsRoutine(entry) ? Microsoft.Extensions.Logging.LogLevel.Debug : LevelOf(entry);
                _log.Log(level, entry.Cause, "{Source}: {Message}", source, entry.Message);
                return true;
            case CloseWindow:
                foreach (var (line, count) in _limit.Close())
                    _log.LogWarning("remoting: {Count} more in the last minute like: {Line}", count, line);
                return true;
            default:
                return false;
        }
    }

    void WriteOnce(LogEvent entry)
    {
        var line = RemotingLog.Line(entry);
        if (RemotingLog.IsRoutine(entry))
            _log.LogDebug("remoting: {Line}", line);
        else if (_limit.Admits(RemotingLog.Kind(entry), line))
            _log.Log(LevelOf(entry), "remoting: {Line}", line);
    }

    static HostLevel LevelOf(LogEvent entry) => entry.LogLevel() switch
    {
        AkkaLevel.DebugLevel => HostLevel.Debug,
        AkkaLevel.InfoLevel => HostLevel.Information,
        AkkaLevel.WarningLevel => HostLevel.Warning,
        _ => HostLevel.Error,
    };

    sealed record CloseWindow;

    /// <summary>What Akka writes before its loggers start and after they end: nothing.</summary>
    internal sealed class Silence : MinimalLogger
    {
        protected override void Log(object message)
        {
        }
    }
}
