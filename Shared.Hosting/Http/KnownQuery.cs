using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace TinyResilient.Shared.Hosting;

/// <summary>Refuses query parameters that no endpoint reads: a typing error must not look like success.</summary>
public static class KnownQuery
{
    sealed record Allowed(string[] Names);

    /// <summary>
    /// Names the query parameters that the endpoint reads; any other is a 400. An endpoint that names none
    /// takes none.
    /// </summary>
    public static TBuilder RefuseUnknownQuery<TBuilder>(this TBuilder endpoint, params string[] allowed)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new Allowed(allowed));

    /// <summary>Reads a parameter that is <c>true</c> or <c>false</c>, or absent: then it is false.</summary>
    public static bool TryFlag(HttpRequest request, string name, out bool value, out IResult? problem)
    {
        value = false;
        var text = request.Query[name];
        problem = text.Count == 0 || bool.TryParse(text, out value) ? null : Problems.BadValue(name, "true or false", $"{text}");
        return problem is null;
    }

    internal static void UseKnownQueryOnly(this WebApplication app) => app.Use((context, next) =>
    {
        // An unknown path and a wrong method have an answer of their own.
        if (!context.Request.QueryString.HasValue || context.GetEndpoint() is not RouteEndpoint endpoint)
            return next(context);
        var errors = Check(context.Request.Query, endpoint.Metadata.GetMetadata<Allowed>()?.Names ?? []);
        return errors.Any ? Problems.BadFields(errors).ExecuteAsync(context) : next(context);
    });

    static FieldErrors Check(IQueryCollection query, string[] allowed)
    {
        var errors = new FieldErrors();
        foreach (var (name, values) in query)
        {
            if (!allowed.Contains(name))
                errors.Add(name, allowed is [] ? "is not a parameter; there is none here"
                    : $"is not a parameter; there is {string.Join(", ", allowed)}");
            else if (values.Count > 1)
                errors.Add(name, "is given more than once");
        }
        return errors;
    }
}
