using System.Globalization;

namespace TinyResilient.Lab.Rehearsals;

/// <summary>Is the lab there before the room grows restless?</summary>
static class StartCheck
{
    /// <summary>From the start of the process until services and stage are ready; a sentence or two of a speaker.</summary>
    public const double MostSeconds = 15;

    public static Finding Of(TimeSpan took, string? complaint)
    {
        const string what = "start";
        var words = string.Create(CultureInfo.InvariantCulture, $"services and stage are ready after {took.TotalSeconds:0.0} s, at most {MostSeconds} s are wanted");
        return complaint is not null ? Finding.Red(what, $"the lab did not start: {complaint}", "start it with ./tiny, and read what it says")
            : took.TotalSeconds <= MostSeconds ? Finding.Green(what, words)
            : Finding.Red(what, words, "start it before you begin, or close what else runs");
    }
}
