using TinyResilient.Lab.Model;

namespace TinyResilient.Lab.Stage;

/// <summary>How a lane is found by what is predicted for it.</summary>
/// <param name="Corrupt">Workers whose own state the fault <c>corrupt</c> has spoilt: the model can begin with them.</param>
/// <param name="Sick">Workers that are sick in another way.</param>
/// <param name="Workers">All of them.</param>
/// <param name="Waiting">Work in the queue.</param>
/// <param name="OpenS">Seconds until the breaker lets a probe through; null: it is closed.</param>
sealed record Found(int Corrupt = 0, int Sick = 0, int Workers = 0, int Waiting = 0, double? OpenS = null)
{
    /// <summary>Why nothing can be predicted from here, as a sentence; null: it can.</summary>
    public string? Obstacle => Sick > 0 ? "workers are sick already: the prediction begins with well workers"
        : Waiting > Workers ? "work is waiting already: the prediction begins with an empty queue"
        : null;

    public ModelStart Start => new(Corrupt, OpenS);
}
