using System.Globalization;
using TinyResilient.Lab.Stage;

namespace TinyResilient.Lab.Rehearsals;

/// <summary>Is there a recording of the rehearsal, for when the room's laptop fails?</summary>
static class RecordingCheck
{
    /// <summary>Before it is made.</summary>
    /// <returns>Null: it can be made.</returns>
    public static Finding? Obstacle(string file) => RecordingWriter.Obstacle(file) is { } obstacle
        ? Finding.Red("recording", obstacle, "name a file with --record") : null;

    /// <param name="file">As the lab has left it; it is read to its end.</param>
    public static Finding Of(string file, TimeProvider time)
    {
        try
        {
            using var replay = Replay.Open(file, loops: false, time);
            var words = string.Create(CultureInfo.InvariantCulture, $"{replay.LengthMs / 1_000.0:0} s of the stage");
            return replay.IsWhole ? Finding.Green("recording", $"{words}, shown without any service by ./tiny replay {file}")
                : Finding.Red("recording", $"{words} in {file}, and its end is missing", "rehearse again");
        }
        catch (RecordingException none)
        {
            return Finding.Red("recording", none.Message, "rehearse again");
        }
    }
}
