using Microsoft.Extensions.Time.Testing;
using TinyResilient.Shared.Hosting;

namespace Specs.ServiceA;

static class Pauses
{
    /// <summary>Of a process that never stands still, however far a spec moves its own time.</summary>
    public static readonly PauseMeter None = new(new FakeTimeProvider());
}
