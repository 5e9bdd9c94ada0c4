using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Scenarios;

/// <summary>What is predicted of an arm, and where that comes from.</summary>
sealed record Prediction<T>(T Value, Law Law);

static class Prediction
{
    /// <summary>By a formula that holds for the very number that is drawn beside it.</summary>
    public static Prediction<T> Formula<T>(T value, string words) => new(value, new(LawKind.Formula, words));
}
