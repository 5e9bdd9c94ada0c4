using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TinyResilient.Lab.Http;
using TinyResilient.Lab.Processes;
using TinyResilient.Lab.Scenarios;
using TinyResilient.Shared.Hosting;
using Json = TinyResilient.Shared.Hosting.Json;
using Readiness = TinyResilient.Lab.Processes.Readiness;

namespace TinyResilient.Lab.Stage;

/// <summary>
/// What a presenter can change. Knobs and faults are ServiceA's to judge: its answer is handed back as it is. Every change
/// becomes an event that all who look on see.
/// </summary>
sealed class StageChanges(StageParts parts, LiveStage live, ServiceClient client, Readiness readiness, TimeProvider time)
{
    const double LeastRate = 0.1, MostRate = 5_000;
    const int LongestMark = 80;

    static readonly TimeSpan reviveAgain = TimeSpan.FromMilliseconds(500);
    readonly Lock _turning = new();

    public void Map(WebApplication app)
    {
        app.MapPatch("/knobs", (Delegate)((HttpContext http) => PassOn(http, HttpMethod.Patch, "knobs")));
        app.MapPut("/faults", (Delegate)((HttpContext http) => PassOn(http, HttpMethod.Put, "faults")));
        app.MapPut("/load", (Delegate)((HttpContext http) => Read(http, Load)));
        app.MapPost("/service-b", (Delegate)((HttpContext http) => Read(http, Signal)));
        app.MapPost("/marks", (Delegate)((HttpContext http) => Read(http, Mark)));
        app.MapPost("/reset", () => Reset(app.Lifetime.ApplicationStopping));
    }

    static async Task<IResult> Read(HttpContext http, Func<JsonElement, IResult> change)
    {
        var (body, problem) = await JsonBody.Read(http.Request);
        return problem ?? change(body);
    }

    async Task<IResult> PassOn(HttpContext http, HttpMethod method, string path)
    {
        var (body, problem) = await JsonBody.Read(http.Request);
        if (problem is not null)
            return problem;
        // Not cancelled when the browser goes: that would leave half a change behind
        var answer = await client.SendAsync(method, parts.Place.ServiceA, path, body.GetRawText());
        live.SettingsChanged();
        return !answer.IsAnswer ? Problems.Of(503, "ServiceA cannot be reached. Nothing was changed.")
            : TypedResults.Content(answer.Body, answer.IsOk ? "application/json" : "application/problem+json", Encoding.UTF8, answer.Status);
    }

    IResult Load(JsonElement body)
    {
        var fields = new Fields(body, "on", "rate", "lanes");
        var (on, rate, lanes) = (fields.Flag("on"), fields.Number("rate", LeastRate, MostRate), fields.Words("lanes", Lane.Both));
        if (fields.Errors.Any)
            return Problems.BadFields(fields.Errors);
        lock (_turning) // two keys pressed at once turn two things
        {
            var before = parts.Load.Setting;
            var setting = new LoadSetting(on ?? before.On, rate ?? before.Rate, lanes ?? before.Lanes);
            parts.Load.Set(setting);
            if (setting.Words != before.Words)
                parts.Events.Add(EventKind.Load, null, setting.Words);
            return TypedResults.Json(setting, Json.Options);
        }
    }

    IResult Signal(JsonElement body)
    {
        var fields = new Fields(body, "do").Require("do");
        var (signal, word) = fields.Word("do", "kill", "pause", "resume") switch
        {
            "kill" => (Processes.Signal.Kill, "killed"),
            "pause" => (Processes.Signal.Pause, "paused"),
            _ => (Processes.Signal.Resume, "resumed"),
        };
        if (fields.Errors.Any)
            return Problems.BadFields(fields.Errors);
        if (parts.Processes.Send(Service.B, signal) is { } complaint)
            return Problems.Of(409, complaint);
        parts.Events.Add(EventKind.Service, null, $"{Service.B.Name} is {word} by the presenter");
        return TypedResults.NoContent();
    }

    IResult Mark(JsonElement body)
    {
        var fields = new Fields(body, "text").Require("text");
        if (fields.Text("text", LongestMark) is not { } text)
            return Problems.BadFields(fields.Errors);
        parts.Events.Mark(text);
        return TypedResults.NoContent();
    }

    async Task<IResult> Reset(CancellationToken stopping)
    {
        await parts.Acts.StopAsync();
        parts.Load.Set(parts.Load.Setting with { On = false });
        try
        {
            foreach (var address in (Uri[])[parts.Place.ServiceB, parts.Place.ServiceA])
                if (await ReviveAsync(address, stopping) is { } complaint)
                    return Problems.Of(503, $"{address} {complaint}, so nothing was reset; load and act have ended.");
            var answer = await client.SendAsync(HttpMethod.Post, parts.Place.ServiceA, "reset", null, stopping);
            live.SettingsChanged();
            if (!answer.IsOk)
                return Problems.Of(503, answer.IsAnswer ? string.Join("; ", Http.Problem.Lines(answer.Status, answer.Body)) : "ServiceA does not answer.");
            parts.Events.Add(EventKind.Service, null, "everything is as at the start");
            return TypedResults.NoContent();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return Problems.Of(503, "The stage is about to end.");
        }
    }

    // Again and again, since a death may be noticed only while we wait.
    async Task<string?> ReviveAsync(Uri service, CancellationToken stopping)
    {
        var ready = readiness.WaitAsync(new(service, "readyz"), stopping);
        do
            parts.Processes.Revive();
        while (await Task.WhenAny(ready, Task.Delay(reviveAgain, time, stopping)) != ready);
        return await ready;
    }
}
