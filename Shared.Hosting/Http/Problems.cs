using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace TinyResilient.Shared.Hosting;

/// <summary>An RFC 9457 problem. Written for whoever sent the request; never holds an exception's text.</summary>
public sealed record Problem(
    string Type, string Title, int Status, string Detail,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    IReadOnlyDictionary<string, string[]>? Errors);

/// <summary>The one place that makes answers about something wrong.</summary>
public static class Problems
{
    /// <param name="errors">What is wrong, by field: of the body, the query or a header.</param>
    public static IResult Of(int status, string detail, FieldErrors? errors = null) =>
        Results.Json(Make(status, detail, errors), Json.Options, "application/problem+json", status);

    /// <summary>400, naming the fields.</summary>
    public static IResult BadFields(FieldErrors errors) => Of(400, errors.ToString(), errors);

    /// <summary>400, naming one field: of the query, a header or the body.</summary>
    public static IResult BadField(string field, string message) => BadFields(new FieldErrors().Add(field, message));

    /// <summary>400, naming one field of the query or a header, what it must be, and what it is.</summary>
    public static IResult BadValue(string field, string wanted, string seen) =>
        BadField(field, $"must be {wanted}, but is {(seen == "" ? "empty" : Shorten.ToOneLine(seen))}");

    internal static Task Write(HttpContext context, int status, string detail, FieldErrors? errors = null) =>
        Of(status, detail, errors).ExecuteAsync(context);

    /// <summary>
    /// Gives every error that has no body one: unknown path, wrong method, unreadable request. An exception
    /// that nobody expected is logged and becomes a 500 that says nothing about it. Must be what every request meets
    /// first: until it ends, its connection is not idle.
    /// </summary>
    internal static void UseProblems(this WebApplication app) => app.Use(async (context, next) =>
    {
        var place = HttpConnections.Of(context);
        place?.Begin();
        try
        {
            await next(context);
            if (context.Response is { StatusCode: >= 400, HasStarted: false, ContentType: null, ContentLength: null })
                await Write(context, context.Response.StatusCode, Bare(context));
        }
        catch (Exception e) when (context.RequestAborted.IsCancellationRequested
            || e.GetBaseException() is ConnectionAbortedException)
        {
            // The client is gone, or its connection was closed for another: nobody is left to tell.
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            context.Response.StatusCode = e.StatusCode;
            var errors = e.StatusCode == 413 ? new FieldErrors().Add(JsonBody.Field, JsonBody.TooLarge) : null;
            await Write(context, e.StatusCode, errors?.ToString() ?? Bare(context), errors);
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            app.Logger.LogError(e, "{Method} {Path} failed", context.Request.Method, context.Request.Path);
            context.Response.Clear();
            await Write(context, 500, "The fault is in the service, not in the request; its log knows more.");
        }
        finally
        {
            place?.End();
        }
    });

    static Problem Make(int status, string detail, FieldErrors? errors) =>
        new("about:blank", ReasonPhrases.GetReasonPhrase(status), status, detail, errors?.ByField);

    static string Bare(HttpContext context) => context.Response.StatusCode switch
    {
        404 => $"There is nothing at {Shorten.ToOneLine(context.Request.Path)}.",
        405 => $"{Shorten.ToOneLine(context.Request.Path)} takes {context.Response.Headers.Allow}, "
            + $"not {Shorten.ToOneLine(context.Request.Method)}.",
        _ => "The request could not be read.",
    };
}
