using System.Collections.Frozen;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using Refusal = (int Status, string Header, string Message);

namespace TinyResilient.Shared.Hosting;

/// <summary>
/// Decides who may ask, and who may change something. Reading needs one of our host names and no foreign
/// origin, so that no web page can read through a visitor's browser; changing needs an allowed peer and,
/// where a token is set, the token as well: people send it, a service proves that it knows it. What is refused
/// never reaches an endpoint.
/// </summary>
sealed class ControlSurface(ServiceSettings settings, TimeProvider time)
{
    readonly FrozenSet<string> hosts = settings.AllowedHosts.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    string? known; // the newest that was ours: nearly all requests have the same

    /// <summary>Status, header and what is wrong with it; null when the request may go on.</summary>
    public ValueTask<Refusal?> Check(HttpContext context)
    {
        var request = context.Request;
        if (AskerRefusal(context) is { } refusal)
            return new(refusal);
        if (IsRead(request.Method) || settings.ControlToken is not { } token || HasToken(request, token))
            return new(BodyRefusal(context));
        if (!ControlProof.IsIn(request))
            return new((401, "Authorization", "must be Bearer and the token of CONTROL_TOKEN"));
        return BodyRefusal(context) is { } unreadable ? new(unreadable) : ProofRefusal(request, token);
    }

    Refusal? AskerRefusal(HttpContext context)
    {
        var request = context.Request;
        if (!IsOurs(request.Host))
            return (400, "Host", $"must be one of {string.Join(", ", settings.AllowedHosts)} (ALLOWED_HOSTS){ButIs(request.Host.Value)}");
        if (request.Headers.Origin is { Count: > 0 } origin && !IsOwn(origin.ToString(), request))
            return (403, "Origin", $"must be this service itself, or absent{ButIs(origin)}");
        if (!IsRead(request.Method) && settings.ControlFrom == ControlFrom.Loopback
            && !IsLoopback(context.Connection.RemoteIpAddress))
            return (403, "peer", "must be this machine to change something (CONTROL_FROM)");
        return null;
    }

    static string ButIs(string? value) => string.IsNullOrEmpty(value) ? "" : $", but is {Shorten.ToOneLine(value)}";

    bool IsOurs(HostString host)
    {
        if (host.Value is { } text && text == known) return true;
        if (!hosts.Contains(host.Host)) return false;
        known = host.Value;
        return true;
    }

    static bool IsRead(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    async ValueTask<Refusal?> ProofRefusal(HttpRequest request, Secret token) =>
        await ControlProof.Complaint(request, token, settings, time) is { } complaint
            ? (401, "Authorization", complaint) : null;

    static Refusal? BodyRefusal(HttpContext context)
    {
        var request = context.Request;
        // An unknown path and a wrong method have an answer of their own.
        if (context.GetEndpoint() is not RouteEndpoint)
            return null;
        if (request.ContentLength > JsonBody.Limit)
            return (413, JsonBody.Field, JsonBody.TooLarge);
        var hasBody = request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0;
        if (hasBody && !IsJson(request.ContentType))
            return (415, "Content-Type", $"must be application/json{ButIs(context.Request.ContentType)}");
        return null;
    }

    // Our own page was loaded from the host it now asks, or from another name of this machine.
    static bool IsOwn(string origin, HttpRequest request)
    {
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var url) || url.Scheme != request.Scheme)
            return false;
        var port = request.Host.Port ?? 80;
        return url.Port == port
            && (url.IsLoopback || string.Equals(url.Host, request.Host.Host, StringComparison.OrdinalIgnoreCase));
    }

    static bool IsLoopback(IPAddress? peer) =>
        peer is not null && IPAddress.IsLoopback(peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer);

    static bool HasToken(HttpRequest request, Secret token)
    {
        const string scheme = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) && token.Matches(header[scheme.Length..]);
    }

    static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));
}

static class ControlSurfaceExtensions
{
    public static void UseControlSurface(this WebApplication app, ServiceSettings settings)
    {
        var surface = new ControlSurface(settings, app.Services.GetRequiredService<TimeProvider>());
        app.Use((context, next) =>
        {
            var check = surface.Check(context);
            // Only a proof takes reading the body, and with it a state of its own.
            return !check.IsCompletedSuccessfully ? Await(check, context, next)
                : check.Result is { } refusal ? Refuse(context, refusal) : next(context);
        });
    }

    static async Task Await(ValueTask<Refusal?> check, HttpContext context, RequestDelegate next) =>
        await (await check is { } refusal ? Refuse(context, refusal) : next(context));

    static Task Refuse(HttpContext context, Refusal refusal)
    {
        if (refusal.Status == 401)
            context.Response.Headers.WWWAuthenticate = "Bearer";
        var errors = new FieldErrors().Add(refusal.Header, refusal.Message);
        return Problems.Write(context, refusal.Status, errors.ToString(), errors);
    }
}
