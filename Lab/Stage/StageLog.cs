using Microsoft.Extensions.Logging;

namespace TinyResilient.Lab.Stage;

/// <summary>Hands what the web server has to complain of to the screen that everybody here writes to.</summary>
sealed class StageLog(Action<string> complain) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            complain($"{formatter(state, exception)}{(exception is null ? "" : $" | {exception}")}".ReplaceLineEndings(" | "));
    }

    public void Dispose()
    {
    }
}
