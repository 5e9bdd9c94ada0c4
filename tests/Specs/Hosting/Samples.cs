using System.Text.Json;
using Microsoft.Extensions.Logging;
using TinyResilient.Shared.Hosting;
using Xunit;

namespace Specs.Hosting;

enum Spread { Full, Equal, NoneAtAll }

/// <summary>Knobs for specs: one of each kind.</summary>
static class Samples
{
    public static readonly Knob<double> Rate = Knob.Real("FAILURE_RATE", 0.3, 0, 1, "", KnobLevel.Basic, "share of failures");
    public static readonly Knob<long> Latency = Knob.Whole("BASE_LATENCY_MS", 30, 0, 60000, "ms", KnobLevel.Basic, "delay");
    public static readonly Knob<bool> Answer = Knob.Flag("ANSWER_FIRST", true, KnobLevel.Advanced, "answer, then restart");
    public static readonly Knob<Spread> Jitter = Knob.Choice("JITTER", Spread.Full, KnobLevel.Advanced, "how pauses spread");
    public static readonly IReadOnlyList<Knob> All = [Rate, Latency, Answer, Jitter];

    public static KnobStore Store(IReadOnlyList<Knob>? knobs = null) => new(knobs ?? All, KnobValues.Defaults(knobs ?? All));

    /// <summary>How long an answer may take: only ends a hang.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    public static EnvironmentReader Environment(params (string Name, string Value)[] variables) =>
        new(name => variables.LastOrDefault(v => v.Name == name).Value);

    public static ServiceSettings Settings(params (string Name, string Value)[] variables)
    {
        var environment = Environment(variables);
        var settings = ServiceSettings.Read(environment, new("service-b", HttpPort: 8001, RemotePort: 5053));
        Assert.Empty(environment.Errors);
        return settings;
    }

    /// <param name="lines">Gets what it writes.</param>
    public static NonsenseLog NonsenseLog(List<string>? lines = null, TimeProvider? time = null) =>
        new(new ListLogger(lines ?? []), time ?? TimeProvider.System);

    sealed class ListLogger(List<string> lines) : ILogger<NonsenseLog>
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => lines.Add(formatter(state, exception));
    }
}
