using Akka.Actor;
using TinyResilient.Shared.Messages;

namespace RemoteSpecs;

static class ProbeExtensions
{
    /// <summary>Asks until there is an answer, as the connection actor does.</summary>
    public static async Task<Probed> ProbeUntilAnswered(this ActorSelection pool)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await pool.Ask<Probed>(new Probe(), TimeSpan.FromSeconds(1));
            }
            catch (AskTimeoutException) when (attempt < 30)
            {
            }
        }
    }
}
