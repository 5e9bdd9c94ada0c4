using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace TinyResilient.Shared.Hosting;

/// <summary>
/// Proves to another service that the sender knows the token, and does not show it: <c>Authorization: Proof</c>, the
/// time in milliseconds since 1970, a dot, and an HMAC-SHA256. It holds for one request to one service at one address,
/// for a minute. A request whose proof does not hold is refused before any endpoint.
/// </summary>
static class ControlProof
{
    const string Scheme = "Proof";
    const int TimeDigits = 15, MacDigits = 64;
    const string Form = $"must be {Scheme}, a time in milliseconds since 1970, a dot, and 64 hex digits";

    const long ValidMs = 60_000;

    /// <param name="service">Whom it is for: nobody else takes it.</param>
    /// <param name="target">Path and query, as they are sent.</param>
    public static AuthenticationHeaderValue Of(Secret token, DateTimeOffset now,
        string service, string host, HttpMethod method, string target, ReadOnlySpan<byte> body)
    {
        var time = now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        return new(Scheme, $"{time}.{Mac(token, time, service, host, method.Method, target, body)}");
    }

    public static bool IsIn(HttpRequest request) => Text(request) is not null;

    /// <summary>Reads the whole body, and leaves it for the endpoint to read again.</summary>
    /// <returns>What is wrong with the proof, to read on from the header's name; null when it holds.</returns>
    /// <exception cref="BadHttpRequestException">413: the body is over the limit.</exception>
    public static async Task<string?> Complaint(
        HttpRequest request, Secret token, ServiceSettings settings, TimeProvider clock)
    {
        if (Text(request)!.Split('.') is not [var time, { Length: MacDigits } mac] || time.Length > TimeDigits
            || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var madeMs))
            return Form;
        var ageMs = clock.GetUtcNow().ToUnixTimeMilliseconds() - madeMs;
        if (Math.Abs(ageMs) > ValidMs)
            return $"was made {Math.Abs(ageMs) / 1000} s {(ageMs > 0 ? "ago" : "in the future")} by the clock of "
                + $"{settings.Name}, and holds for {ValidMs / 1000} s: the clocks of both machines must agree";
        var port = request.Host.Port ?? (request.IsHttps ? 443 : 80);
        if (port != settings.HttpPort)
            return $"was made for port {port}, but HTTP_PORT of {settings.Name} is {settings.HttpPort}";
        var body = await JsonBody.ReadBytes(request);
        request.Body = new MemoryStream(body, writable: false);
        var target = request.Path.ToUriComponent() + request.QueryString.ToUriComponent();
        var wanted = Mac(token, time, settings.Name, request.Host.Value!, request.Method, target, body);
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(wanted), Encoding.UTF8.GetBytes(mac))
            ? null : $"must be made of this very request to {settings.Name}, by the same CONTROL_TOKEN";
    }

    // The body comes last, and nothing before it can hold a line break.
    static string Mac(Secret token,
        string time, string service, string host, string method, string target, ReadOnlySpan<byte> body) =>
        Convert.ToHexStringLower(token.Sign($"tiny control 1\n{time}\n{service}\n{host}\n{method}\n{target}\n", body));

    static string? Text(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        var isProof = header.StartsWith(Scheme + ' ', StringComparison.OrdinalIgnoreCase);
        return isProof ? header[(Scheme.Length + 1)..] : null;
    }
}
