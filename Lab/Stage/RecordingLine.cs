using System.Text.Json.Nodes;
using TinyResilient.Lab.Results;

namespace TinyResilient.Lab.Stage;

/// <summary>
/// One line of a recording: JSON of which exactly one field is there beside <c>at_ms</c>. The first line is the header, and
/// the last the end, unless the recording was cut off.
/// </summary>
/// <param name="AtMs">Since the recording began.</param>
sealed record RecordingLine(long AtMs)
{
    public RecordingHeader? Header { get; init; }
    public Setup? Setup { get; init; }

    /// <summary>What the stage knew already when the recording began.</summary>
    public History? History { get; init; }

    /// <summary>Marks and finished arms, whenever there is another number of them; its other lists are empty.</summary>
    public History? Kept { get; init; }
    public Frame? Frame { get; init; }
    public RecordingEnd? End { get; init; }
}

/// <param name="Recording">Always <see cref="Name"/>, so that it can be told from any other file of JSON lines.</param>
/// <param name="Format">Version of these lines; another one is not read.</param>
/// <param name="Origin">With what, and on which kind of machine.</param>
/// <param name="Clock">Of what was recorded; in virtual time <paramref name="RecordedAt"/> is its beginning and no date.</param>
sealed record RecordingHeader(string Recording, int Format, DateTimeOffset RecordedAt, Origin Origin, Clock Clock = Clock.Real)
{
    public const string Name = "TinyResilient stage";
    public const int PresentFormat = 1;
}

/// <param name="Because">Null: somebody ended it.</param>
sealed record RecordingEnd(string? Because);
