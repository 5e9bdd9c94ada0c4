using System.CommandLine;
using TinyResilient.Lab.Processes;
using TinyResilient.Lab.Running;
using TinyResilient.Lab.Stage;

namespace TinyResilient.Lab.Commands;

/// <summary>Services that run already: those of --port-base, or, in a container, those of two addresses of the environment.</summary>
static class RunningServices
{
    const string AddressOfA = "TINY_URL_A";
    const string AddressOfB = "TINY_URL_B";

    /// <summary>Whether the environment names them: then services cannot be started from here.</summary>
    public static bool AreNamed => Text(AddressOfA) is not null;

    /// <summary>One line for an address that is none, otherwise null.</summary>
    public static string? BadAddress() => new[] { AddressOfA, AddressOfB }
        .Where(variable => Text(variable) is not null && Address(variable) is null)
        .Select(variable => $"{variable} must be an address that begins with http://, but is {Text(variable)}").FirstOrDefault();

    public static BenchSource Of(ParseResult parsed)
    {
        var ports = PortPlan.From(parsed.GetValue(Tiny.PortBase));
        return new(Address(AddressOfA) ?? ports.Url(Service.A), [Address(AddressOfB) ?? ports.Url(Service.B)], TimeProvider.System);
    }

    /// <summary>Where the stage finds them.</summary>
    public static StagePlace Place(ParseResult parsed) => StagePlace.Of(
        PortPlan.From(parsed.GetValue(Tiny.PortBase)), Address(AddressOfA), Address(AddressOfB));

    static Uri? Address(string variable) =>
        Uri.TryCreate(Text(variable), UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttp ? address : null;

    static string? Text(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? text : null;
}
