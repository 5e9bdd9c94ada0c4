using TinyResilient.Shared.Hosting.Remoting;

namespace TinyResilient.Shared.Hosting;

/// <summary>What remoting needs of a process's settings.</summary>
public static class RemotingSettings
{
    /// <param name="settings">The settings of this process.</param>
    /// <param name="trustedPaths">The only actors that a peer may select.</param>
    public static RemotingOptions Remoting(this ServiceSettings settings, IReadOnlyList<string> trustedPaths) => new(
        settings.RemoteBind, settings.RemotePort, settings.RemotePublicHost, settings.RemoteTls, trustedPaths);
}
