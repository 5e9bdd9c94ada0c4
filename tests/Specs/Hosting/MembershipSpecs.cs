using Microsoft.Extensions.Logging.Abstractions;
using TinyResilient.Shared.Hosting.Remoting;
using Xunit;

namespace Specs.Hosting;

/// <summary>Membership where there is no cluster; in one: RemoteSpecs.</summary>
public sealed class MembershipSpecs : ActorSpecs
{
    [Fact]
    public async Task Outside_of_a_cluster_it_is_ready_and_there_is_nothing_to_leave()
    {
        var done = 0;
        var membership = Membership(() => done++);
        Assert.True(membership.Readiness.Ready);
        await membership.StoppingAsync(default);
        Assert.Equal(1, done);
    }

    [Fact]
    public async Task A_bug_in_what_is_done_once_it_has_left_reaches_the_host() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => Membership(() => throw new InvalidOperationException()).StoppingAsync(default));

    Membership Membership(Action onceLeft) => new(Sys, Samples.Settings(), TimeProvider.System, NullLogger<Membership>.Instance) { OnceLeft = onceLeft };
}
