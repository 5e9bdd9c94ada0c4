using System.Reflection;
using Akka.Util;

namespace TinyResilient.Lab.Virtual;

/// <summary>Akka draws the jitter of a BackoffSupervisor from a source that it begins anew for each thread, by chance.</summary>
static class AkkaChance
{
    static readonly ThreadLocal<Random> source = (ThreadLocal<Random>?)typeof(ThreadLocalRandom)
        .GetFields(BindingFlags.Static | BindingFlags.NonPublic).SingleOrDefault(field => field.FieldType == typeof(ThreadLocal<Random>))?.GetValue(null)
        ?? throw new InvalidOperationException("Akka's ThreadLocalRandom has no source any more that could be seeded");

    /// <summary>From here on this thread draws the same in each process.</summary>
    public static void Seed() => source.Value = new Random(1);
}
