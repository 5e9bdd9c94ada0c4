using Microsoft.Extensions.Time.Testing;
using TinyResilient.Shared.Hosting;

namespace Specs.ServiceA;

static class Pauses
{
    /// <summary>Of a process that never stands still, however far a spec moves its own time.</summary>
    public static readonly PauseMeter None = new(new FakeTimeProvider());

    /// <summary>Its clock is that of a machine that has been up for a year, and not for two thousand: a message can carry it.</summary>
    public static FakeTimeProvider NewTime() => new(DateTimeOffset.MinValue.AddYears(1));
}
