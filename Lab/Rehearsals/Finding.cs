namespace TinyResilient.Lab.Rehearsals;

/// <summary>What a rehearsal found out about one thing that can go wrong in a room.</summary>
/// <param name="What">A word or two.</param>
/// <param name="Reason">What was seen, with its limit.</param>
/// <param name="Remedy">What to do about it.</param>
sealed record Finding(string What, Light Light, string Reason, string? Remedy = null)
{
    public static Finding Green(string what, string reason) => new(what, Light.Green, reason);

    public static Finding Red(string what, string reason, string remedy) => new(what, Light.Red, reason, remedy);

    /// <summary>This system does not tell, or it was not asked. Neither well nor ill.</summary>
    public static Finding Unknown(string what, string reason) => new(what, Light.Unknown, reason);
}

enum Light { Green, Red, Unknown }
