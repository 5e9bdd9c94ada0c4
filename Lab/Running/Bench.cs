using TinyResilient.Lab.Peers;
using TinyResilient.Lab.Scenarios;

namespace TinyResilient.Lab.Running;

/// <summary>A run cannot go on; the line says why.</summary>
class RunFailedException(string line) : Exception(line);

/// <summary>A service does not take what it was told.</summary>
/// <param name="why">In its own words, without where it was told so.</param>
sealed class RefusedException(string line, string why) : RunFailedException(line)
{
    public string Why => why;
}

/// <summary>
/// The services under test, wherever they run. Ends what it has started, whatever happens, and nothing else.
/// </summary>
abstract class Bench(HttpClient http, Uri serviceA, IReadOnlyList<Uri> serviceB) : IAsyncDisposable
{
    public Uri ServiceA => serviceA;

    public IReadOnlyList<Uri> ServiceB => serviceB;

    /// <summary>False where the services are somebody else's: their processes are left alone.</summary>
    public abstract bool IsOwn { get; }

    /// <summary>Whether the same seed gives the same instants.</summary>
    public virtual bool IsExact => false;

    public Controls Controls { get; } = new(http, serviceA, serviceB);

    /// <summary>What load reaches the services through; null: sockets.</summary>
    public virtual HttpMessageHandler? NewLoadHandler() => null;

    /// <summary>The arm's proxy in front of every ServiceB; null: the arm has none, and ServiceA is asked.</summary>
    /// <exception cref="RunFailedException">It does not start.</exception>
    public virtual Task<ProxyProcess?> StartProxyAsync(Arm arm, CancellationToken stop) => Task.FromResult<ProxyProcess?>(null);

    /// <summary>Kills a ServiceB at once.</summary>
    /// <param name="node">From 0.</param>
    public abstract void Kill(int node);

    /// <summary>Starts a ServiceB that was killed, on its old ports, which it must have left.</summary>
    /// <param name="knobs">What it begins with.</param>
    public abstract Task RestartAsync(int node, IEnumerable<KeyValuePair<string, object>> knobs);

    /// <summary>Waits until all services are ready.</summary>
    /// <exception cref="RunFailedException">One of them is not.</exception>
    public abstract Task ReadyAsync(CancellationToken stop);

    /// <summary>One line when a service has ended that nobody killed.</summary>
    public virtual string? Death() => null;

    /// <summary>The same, when something suggests it; that a connection is refused is known sooner than that a process has ended.</summary>
    public virtual Task<string?> DeathAsync() => Task.FromResult(Death());

    public abstract ValueTask DisposeAsync();
}
