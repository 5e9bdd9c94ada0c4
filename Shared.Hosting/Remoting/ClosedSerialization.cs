using Akka.Actor;
using Akka.Hosting;
using TinyResilient.Shared.Messages;

namespace TinyResilient.Shared.Hosting.Remoting;

/// <summary>
/// Leaves two serializers, in both directions: <see cref="WireSerializer"/> and the envelope of an actor
/// selection. A peer chooses the serializer by its number, so the others are not left out but replaced:
/// Akka adds its own whatever the configuration says, and turns the manifest of most of them into a type
/// before it asks them.
/// </summary>
static class ClosedSerialization
{
    /// <summary>Akka's own serializers by name, with the numbers that a peer may write.</summary>
    internal static readonly IReadOnlyDictionary<string, int> Refused = new Dictionary<string, int>
    {
        ["null"] = 0,
        ["json"] = 1, // Newtonsoft with TypeNameHandling.All: builds any type that the peer names
        ["proto"] = 2, // its manifest is a type name
        ["daemon-create"] = 3, // remote deployment
        ["bytes"] = 4,
        ["akka-misc"] = 16, // exceptions by type name
        ["primitive"] = 17,
        ["akka-system-msg"] = 22, // DeathWatch and supervision from afar; exceptions by type name
    };

    internal static AkkaConfigurationBuilder WithClosedSerialization(this AkkaConfigurationBuilder builder)
    {
        // Outbound: a message outside the protocol is refused here already, not at the peer
        builder.WithStrictSerialization();
        builder.WithCustomSerializer(
            WireSerializer.Name, WireSerializer.Types, system => new WireSerializer(system));
        builder.WithCustomSerializer(
            SelectionSerializer.Name, [typeof(ActorSelectionMessage)], Selections);
        foreach (var (name, id) in Refused)
            builder.WithCustomSerializer(name, [], system => new RefusedSerializer(system, name, id));
        return builder;
    }

    static SelectionSerializer Selections(ExtendedActorSystem system) => new(system);
}
