using System.Runtime.Serialization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Akka.Actor;
using Akka.Serialization;

namespace TinyResilient.Shared.Messages;

/// <summary>
/// Turns the records of Protocol.cs into bytes and back, by manifest. It never resolves a type name from the wire,
/// and refuses whatever it does not know: the message is logged and dropped, the connection lives on.
/// </summary>
public sealed class WireSerializer(ExtendedActorSystem system) : SerializerWithStringManifest(system)
{
    /// <summary>Name of this serializer in the configuration.</summary>
    public const string Name = "tiny-wire";

    /// <summary>The types that may cross the wire.</summary>
    public static readonly IReadOnlyList<Type> Types = [typeof(Probe), typeof(Probed), typeof(DoWork), typeof(WorkAnswer)];

    public override int Identifier => 7301;

    public override string Manifest(object o) => o switch
    {
        DoWork => "do",
        WorkAnswer => "an",
        Probe => "pr",
        Probed => "pd",
        _ => throw new SerializationException($"{o.GetType().Name} is not part of the protocol"),
    };

    public override byte[] ToBinary(object obj) => obj switch
    {
        DoWork work => JsonSerializer.SerializeToUtf8Bytes(work, WireJson.Default.DoWork),
        WorkAnswer answer => JsonSerializer.SerializeToUtf8Bytes(answer, WireJson.Default.WorkAnswer),
        Probed probed => JsonSerializer.SerializeToUtf8Bytes(probed, WireJson.Default.Probed),
        Probe => [],
        _ => throw new SerializationException($"{obj.GetType().Name} is not part of the protocol"),
    };

    public override object FromBinary(byte[] bytes, string manifest)
    {
        try
        {
            return manifest switch
            {
                "do" => Sane(JsonSerializer.Deserialize(bytes, WireJson.Default.DoWork)),
                "an" => (object?)Sane(JsonSerializer.Deserialize(bytes, WireJson.Default.WorkAnswer)),
                "pr" => new Probe(),
                "pd" => Sane(JsonSerializer.Deserialize(bytes, WireJson.Default.Probed)),
                _ => null,
            } ?? throw new SerializationException($"no message of the protocol has manifest {manifest}");
        }
        catch (JsonException malformed)
        {
            throw new SerializationException($"malformed message with manifest {manifest}", malformed);
        }
    }

    // JSON reads 1e999 as infinity, and any number as an outcome
    static DoWork Sane(DoWork? work) => work is not null && Wire.Carries(work) ? work : throw OutOfRange("work");

    static WorkAnswer Sane(WorkAnswer? answer) =>
        answer is not null && Wire.Carries(answer) ? answer : throw OutOfRange("an answer");

    static Probed Sane(Probed? probed) =>
        probed is not null && Wire.Carries(probed) ? probed : throw OutOfRange("a probed");

    static SerializationException OutOfRange(string what) => new($"{what} with a field out of range");
}

[JsonSourceGenerationOptions(RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Probed))]
[JsonSerializable(typeof(DoWork))]
[JsonSerializable(typeof(WorkAnswer))]
sealed partial class WireJson : JsonSerializerContext;
