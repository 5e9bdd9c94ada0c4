using TinyResilient.Lab.Model;
using TinyResilient.Lab.Scenarios;

namespace TinyResilient.Lab.Stage;

/// <summary>What is predicted, or why nothing is; of two lanes one may be predicted and the other not.</summary>
sealed record Outlook(Prediction? Prediction, string? Absent)
{
    public const string NoLoad = "no load runs";
}

/// <summary>What the model has to say about what is set, lane by lane.</summary>
/// <param name="found">By lane.</param>
/// <param name="obstacle">Why nothing can be said of any lane; null: something can.</param>
sealed class OutlookModel(Arm arm, Func<string, Found> found, string? obstacle)
{
    // As long as a chart.
    const int KeptS = 60;

    readonly Dictionary<string, Forecast> _forecasts = Lane.Both
        .Where(lane => obstacle is null && arm.Lanes.Contains(lane) && LackOf(arm, lane, found(lane)) is null)
        .ToDictionary(lane => lane, lane => new Forecast(
            ArmModel.Of(arm, lane) with { Start = found(lane).Start }, (int)Math.Ceiling(arm.Seconds)));

    /// <summary>One line; null where every lane that has load is predicted.</summary>
    public string? Absent { get; } = obstacle ?? Reasons(arm.Lanes.Select(lane => (lane, LackOf(arm, lane, found(lane)))).ToList());

    public bool IsEmpty => _forecasts.Count == 0;

    /// <summary>Runs for about so many simulated requests in each lane.</summary>
    public void Run(double requests, CancellationToken stop)
    {
        foreach (var forecast in _forecasts.Values)
            forecast.RunUpTo(forecast.RunsOf(requests), stop);
    }

    /// <param name="fromMs">When it begins.</param>
    /// <param name="before">What it goes on from, of which the end is kept; null: from nothing.</param>
    public Prediction Prediction(long fromMs, Prediction? before = null)
    {
        var now = new Prediction(Label, fromMs, StepS: 1, Of(Lane.Actor), Of(Lane.Http));
        return before is null || before.Actor is null != now.Actor is null || before.Http is null != now.Http is null ? now : now with
        {
            FromMs = fromMs - KeptS * 1_000,
            Actor = Joined(before.Actor, now.Actor),
            Http = Joined(before.Http, now.Http),
        };
    }

    static IReadOnlyList<double>? Joined(IReadOnlyList<double>? before, IReadOnlyList<double>? now) =>
        now is null ? null : [.. before!.TakeLast(KeptS), .. now];

    string Label => string.Join("; ", ((string?[])
        [
            $"model, mean of {_forecasts.Values.Min(forecast => forecast.Runs)} runs",
            .. _forecasts.Keys.Where(lane => found(lane).Corrupt > 0).Select(lane => $"lane {lane} begins with {found(lane).Corrupt} corrupt workers"),
        ]).OfType<string>());

    IReadOnlyList<double>? Of(string lane) => _forecasts.GetValueOrDefault(lane)?.Percent;

    static string? LackOf(Arm arm, string lane, Found found) => found.Obstacle ?? ArmModel.Lack(arm, lane);

    static string? Reasons(List<(string Lane, string? Lack)> lanes) => lanes.Where(one => one.Lack is not null).ToList() switch
    {
        [] => null,
        var lacking when lacking.Count == lanes.Count && lacking.Select(one => one.Lack).Distinct().Count() == 1 => lacking[0].Lack,
        var lacking => string.Join("; ", lacking.Select(one => $"lane {one.Lane}: {one.Lack}")),
    };
}
