using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace TinyResilient.Shared.Hosting;

/// <summary>
/// Logging to standard output, one line an event: <c>2026-01-31T12:00:00.000Z info  message</c>, or a JSON
/// object. Whatever stands in a message, it stays one line.
/// </summary>
static class Lines
{
    public static ILoggingBuilder AddLines(this ILoggingBuilder logging, ServiceSettings settings)
    {
        var limit = Level(settings.LogLevel);
        logging.SetMinimumLevel(limit);
        // The framework's own news are for who debugs.
        logging.AddFilter("Microsoft", limit > LogLevel.Debug && limit < LogLevel.Warning ? LogLevel.Warning : limit);
        // Its two lines a request are news of that kind, and while they may be written each request has an activity for them.
        if (limit > LogLevel.Debug)
            logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        // A start that fails is explained by ServiceHost, in one line.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        logging.AddConsoleFormatter<LineFormatter, ConsoleFormatterOptions>();
        logging.AddConsole(console =>
        {
            console.FormatterName = LineFormatter.FormatterName;
            // Whoever reads our output and stops reading must not stop the service.
            console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite;
        });
        return logging;
    }

    static LogLevel Level(LogLimit limit) => limit switch
    {
        LogLimit.Trace => LogLevel.Trace,
        LogLimit.Debug => LogLevel.Debug,
        LogLimit.Info => LogLevel.Information,
        LogLimit.Warn => LogLevel.Warning,
        _ => LogLevel.Error,
    };
}

sealed class LineFormatter(ServiceSettings settings, TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "lines";

    static readonly JsonSerializerOptions WithoutNulls =
        new(Json.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public override void Write<TState>(
        in LogEntry<TState> entry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var time = clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
        var level = Word(entry.LogLevel);
        var message = entry.Formatter(entry.State, null);
        var exception = entry.Exception?.ToString();
        textWriter.WriteLine(settings.LogFormat == LogFormat.Json
            ? JsonSerializer.Serialize(new { time, level, entry.Category, message, exception }, WithoutNulls)
            : OneLine($"{time} {level,-5} {message}{(exception is null ? "" : $" | {exception}")}"));
    }

    static string OneLine(string text) => string.Join(" | ",
        text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        _ => "error",
    };
}
