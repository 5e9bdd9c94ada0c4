using System.Text;
using Akka.Actor;
using TinyResilient.Shared.Hosting.Remoting;
using TinyResilient.Shared.Messages;
using Xunit;
using static RemoteSpecs.Stranger;

namespace RemoteSpecs;

/// <summary>What a peer that speaks Akka.Remote, but not our protocol, can do to ServiceB: nothing.</summary>
public sealed class StrangerSpecs : PairSpecs
{
    [Fact]
    public async Task A_Newtonsoft_payload_with_a_type_name_is_refused()
    {
        var trap = new Trap();
        await IsRefused(stranger => stranger.At(Names.ActorPoolPath).Tell(trap), "serializer json");
        Assert.Equal(1, Trap.Made);
    }

    [Fact]
    public Task A_Newtonsoft_payload_in_a_selection_is_refused() =>
        IsRefused(stranger => stranger.Select(Names.ActorPoolPath).Tell(new { Any = 1 }), "serializer json");

    [Fact]
    public Task A_protobuf_message_by_type_name_is_refused() =>
        IsRefused(Sends(2, "Google.Protobuf.WellKnownTypes.Empty, Google.Protobuf", ""), "serializer proto");

    [Fact]
    public Task An_exception_is_refused() =>
        IsRefused(
            stranger => stranger.At(Names.ActorPoolPath).Tell(new Status.Failure(new TrapException())),
            "serializer akka-misc");

    [Fact]
    public Task A_string_is_refused() =>
        IsRefused(stranger => stranger.At(Names.ActorPoolPath).Tell("text"), "serializer primitive");

    [Fact]
    public Task PoisonPill_is_refused() =>
        IsRefused(stranger => stranger.At(StandInPool.SecretPath).Tell(PoisonPill.Instance), "akka-misc");

    [Fact]
    public Task Kill_is_refused() =>
        IsRefused(stranger => stranger.At(StandInPool.SecretPath).Tell(Kill.Instance), "akka-misc");

    [Fact]
    public Task A_system_message_is_refused() =>
        IsRefused(Sends(22, "Akka.Dispatch.SysMsg.Terminate, Akka", ""), "serializer akka-system-msg");

    [Fact]
    public Task Remote_deployment_is_refused() =>
        IsRefused(
            stranger => stranger.At("/remote").Tell(new Forged(3, "", "any"u8.ToArray())), "daemon-create");

    [Fact]
    public Task An_unknown_serializer_is_refused() => IsRefused(Sends(99, "x", ""), "serializer with id [99]");

    [Fact]
    public Task An_unknown_manifest_of_our_serializer_is_refused() =>
        IsRefused(Sends(7301, "xx", "{}"), "no message of the protocol has manifest xx");

    [Fact]
    public Task A_manifest_cannot_forge_a_line_of_the_log() =>
        IsRefused(Sends(7301, "x\nerror: all is lost", "{}"), "manifest x error: all is lost");

    [Theory]
    [InlineData("do", "{")]
    [InlineData("do", """{"CallId":1}""")]
    [InlineData("an", """{"CallId":1,"Outcome":"x","Host":"h"}""")]
    public Task Malformed_json_of_a_known_manifest_is_refused(string manifest, string json) =>
        IsRefused(Sends(7301, manifest, json), $"manifest {manifest}");

    [Theory]
    [InlineData("do", """{"CallId":1,"RequestId":"a b","Attempt":1,"BudgetMs":1,"SentMs":1,"Sender":"s","TraceParent":null}""")]
    [InlineData("do", """{"CallId":1,"RequestId":"a","Attempt":1,"BudgetMs":1e999,"SentMs":1,"Sender":"s","TraceParent":null}""")]
    [InlineData("an", """{"CallId":1,"Outcome":99,"Host":"h","ProcessingMs":1,"Worker":1,"Fault":null}""")]
    [InlineData("do", "null")]
    [InlineData("pd", """{"Incarnation":"","Host":"h","Accepting":true}""")]
    public Task A_field_out_of_range_is_refused(string manifest, string json) =>
        IsRefused(Sends(7301, manifest, json), "out of range");

    [Fact]
    public Task A_selection_of_an_untrusted_actor_is_refused() =>
        IsRefused(stranger => stranger.Select(StandInPool.SecretPath).Tell(new Probe()), "not a trusted path");

    [Fact]
    public Task A_selection_by_wildcard_is_refused() =>
        IsRefused(stranger => stranger.Select("/user/*").Tell(new Probe()), "not a trusted path");

    [Fact]
    public async Task A_selection_in_a_selection_is_refused()
    {
        // Fits into one frame, and would end the process by a stack overflow
        object nested = new Probe();
        for (var depth = 0; depth < 1200; depth++)
            nested = new ActorSelectionMessage(nested, [new SelectChildName("user")]);
        await IsRefused(stranger => stranger.Select(Names.ActorPoolPath).Tell(nested), "in a selection");
    }

    [Fact]
    public Task A_frame_over_the_limit_is_refused() =>
        IsRefused(Sends(7301, "do", new string('x', 40_000)), "exceeds 32000");

    // Untrusted mode guards selections only: the closed list of messages is what guards the other actors
    [Fact]
    public async Task A_reference_by_path_reaches_any_actor_but_carries_records_only()
    {
        await using var stranger = new Stranger(B.Address);
        stranger.At(StandInPool.SecretPath).Tell(new Probe());
        Assert.Equal(new Probe(), await B.Received.First(_ => true));
        stranger.At(StandInPool.SecretPath).Tell("text");
        await IsLoggedOnce("serializer primitive");
        Assert.Equal(new object[] { new Probe(), new Probe() }, B.Received.All);
    }

    [Fact]
    public async Task A_flood_is_one_line()
    {
        await using var stranger = new Stranger(B.Address);
        await ProbeBy(stranger);
        for (var number = 0; number < 1000; number++)
            stranger.At(Names.ActorPoolPath).Tell(new Forged(1, $"x{number}", []));
        await ProbeBy(stranger);
        await IsLoggedOnce("serializer json");
    }

    [Fact]
    public async Task No_type_name_is_resolved_whatever_the_serializer()
    {
        var asked = new Recorder<string>();
        AppDomain.CurrentDomain.AssemblyResolve += (_, request) =>
        {
            asked.Add(request.Name);
            return null;
        };
        await using var stranger = new Stranger(B.Address);
        foreach (var id in ClosedSerialization.Refused.Values.Concat([5, 6, 7, 8, 9, 10, 15, 20, 7301]))
        {
            var forged = new Forged(id, $"No.Such, NoSuchAssembly{id}", []);
            stranger.At(Names.ActorPoolPath).Tell(forged);
            stranger.Select(Names.ActorPoolPath).Tell(forged);
        }

        await ProbeBy(stranger);
        Assert.DoesNotContain(asked.All, name => name.StartsWith("NoSuchAssembly", StringComparison.Ordinal));
    }

    static Action<Stranger> Sends(int serializer, string manifest, string bytes) => stranger =>
        stranger.At(Names.ActorPoolPath).Tell(new Forged(serializer, manifest, Encoding.UTF8.GetBytes(bytes)));

    // What came before it on the same connection has been dealt with when it is answered
    static Task<Probed> ProbeBy(Stranger stranger) => stranger.Select(Names.ActorPoolPath).ProbeUntilAnswered();

    async Task IsRefused(Action<Stranger> attack, string logged)
    {
        await using var stranger = new Stranger(B.Address);
        attack(stranger);
        await IsLoggedOnce(logged);
        Assert.Equal([new Probe()], B.Received.All);
    }

    /// <summary>Tells whether somebody made one from the wire.</summary>
    public sealed class Trap
    {
        public Trap() => Interlocked.Increment(ref _made);

        static int _made;

        public static int Made => _made;
    }

    sealed class TrapException : Exception;
}
