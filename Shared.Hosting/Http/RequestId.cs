using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using TinyResilient.Shared.Messages;

namespace TinyResilient.Shared.Hosting;

/// <summary>The id of a request, from the client to the worker: at most 64 of A-Z a-z 0-9 . _ -.</summary>
public static class RequestId
{
    public const string Header = "X-Request-Id";
    public const int MaxLength = Wire.LongestId;

    public static bool IsValid(string text) => Wire.IsRequestId(text);

    const int Bytes = 16, AtATime = 64;

    [ThreadStatic]
    static ArraySegment<byte> chance;

    /// <summary>A new one that nobody can guess, 32 hex digits. The system is asked for many at a time: asking costs more than all the rest.</summary>
    public static string Make()
    {
        if (chance.Count == 0)
            chance = RandomNumberGenerator.GetBytes(Bytes * AtATime);
        var id = Convert.ToHexStringLower(chance.AsSpan(0, Bytes));
        chance = chance[Bytes..];
        return id;
    }

    /// <summary>
    /// The id in the header, or a new one when there is no header. False when the header is there and is
    /// not one id: answer with <paramref name="problem"/>.
    /// </summary>
    public static bool TryRead(HttpRequest request, out string id, out IResult? problem)
    {
        var header = request.Headers[Header];
        id = header.Count == 0 ? Make() : header.ToString();
        problem = header.Count <= 1 && IsValid(id) ? null
            : Problems.BadValue(Header, $"one id of at most {MaxLength} of A-Z a-z 0-9 . _ -", id);
        return problem is null;
    }
}
