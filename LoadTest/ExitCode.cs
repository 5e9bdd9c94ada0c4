namespace TinyResilient.LoadTest;

/// <summary>What the command returns.</summary>
public static class ExitCode
{
    /// <summary>The run was made; how well the target did is in the report.</summary>
    public const int Ok = 0;

    /// <summary>Not one request got an answer, or the results could not be written.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong; nothing was sent.</summary>
    public const int Usage = 2;

    /// <summary>A threshold was not met.</summary>
    public const int Threshold = 99;

    /// <summary>Stopped by the user; the report covers what was measured until then.</summary>
    public const int Interrupted = 130;

    /// <summary>The code for a run.</summary>
    public static int Of(Report report) =>
        report.Result.Interrupted ? Interrupted
        : report.Result.Counts.Answered == 0 ? Failed
        : report.Verdicts.Any(verdict => !verdict.Met) ? Threshold
        : Ok;
}
