using Xunit;
using Xunit.Abstractions;

namespace ProcessSpecs.Harness;

/// <summary>One pair for all specs that leave it as they found it. Calm: no failures, no latency.</summary>
public sealed class RunningPair : IAsyncLifetime
{
    public const string Name = "running pair";

    internal Pair Pair { get; } = new(null, ("FAILURE_RATE", "0"), ("BASE_LATENCY_MS", "0"), ("MAX_LATENCY_MS", "0"));

    public Task InitializeAsync() => Pair.StartBoth();

    public Task DisposeAsync()
    {
        Pair.Dispose();
        return Task.CompletedTask;
    }
}

[CollectionDefinition(RunningPair.Name)]
public sealed class SharedByName : ICollectionFixture<RunningPair>;

/// <summary>A spec with the <see cref="RunningPair"/>, all as at its start.</summary>
[Collection(RunningPair.Name)]
public abstract class RunningPairSpecs(RunningPair running, ITestOutputHelper screen) : IAsyncLifetime
{
    internal Pair Pair => running.Pair;
    internal Client A => running.Pair.ClientA;
    internal Client B => running.Pair.ClientB;

    public Task InitializeAsync() => A.Reset();

    public Task DisposeAsync()
    {
        screen.WriteLine($"{Pair.A}\n{Pair.B}");
        return Task.CompletedTask;
    }
}
