namespace TinyResilient.Lab;

/// <summary>What the command tells the shell. 99, a threshold that failed, comes from the load test.</summary>
static class ExitCodes
{
    public const int Ok = 0;
    public const int Failed = 1;

    /// <summary>The command line or a value in it, or in the environment, is wrong.</summary>
    public const int Usage = 2;

    /// <summary>Stopped by Ctrl-C.</summary>
    public const int Interrupted = 130;
}
