using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace TinyResilient.Lab.Stage;

/// <summary>
/// The stage's pages, out of the program itself: <c>/</c> for the presenter, <c>/stage</c> for the room, and everything that
/// they load at <c>/assets/NAME</c>. A browser asks again each time, and is told when nothing has changed.
/// </summary>
sealed class PageFiles
{
    const string Folder = "stage/";

    // Vendored with the reports
    static readonly string[] alsoServed = ["uPlot.iife.min.js", "uPlot.min.css"];

    readonly Dictionary<string, (byte[] Bytes, string Type, EntityTagHeaderValue Tag)> _files = [];

    public PageFiles()
    {
        var program = typeof(PageFiles).Assembly;
        foreach (var resource in program.GetManifestResourceNames())
        {
            if (!resource.StartsWith(Folder, StringComparison.Ordinal) && !alsoServed.Contains(resource))
                continue;
            using var stream = program.GetManifestResourceStream(resource)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            var tag = new EntityTagHeaderValue($"\"{Convert.ToHexString(SHA256.HashData(bytes)[..8])}\"");
            _files[resource.Replace(Folder, "", StringComparison.Ordinal)] = (bytes, TypeOf(resource), tag);
        }
    }

    public IEnumerable<string> Names => _files.Keys;

    public void Map(WebApplication app)
    {
        app.MapGet("/", (HttpContext context) => Serve(context, "index.html"));
        app.MapGet("/stage", (HttpContext context) => Serve(context, "stage.html"));
        app.MapGet("/assets/{name}", (HttpContext context, string name) => Serve(context, name));
    }

    IResult Serve(HttpContext context, string name)
    {
        if (!_files.TryGetValue(name, out var file))
            return TypedResults.NotFound();
        context.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Bytes(file.Bytes, file.Type, entityTag: file.Tag);
    }

    static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => "application/octet-stream",
    };
}
