using System.Buffers;
using Microsoft.Extensions.Primitives;

namespace TinyResilient.Shared.Hosting;

/// <summary>
/// The <c>traceparent</c> of a request, by W3C Trace Context (recommendation, 3.2). A request with several of them, or with
/// one that is none, is treated as if it had none.
/// </summary>
public static class TraceParent
{
    const int Length = 55; // version-traceid-parentid-flags: 2, 32, 16 and 2 digits
    static readonly SearchValues<char> digits = SearchValues.Create("0123456789abcdef");

    public static bool IsIn(string header) => header.Equals("traceparent", StringComparison.OrdinalIgnoreCase);

    /// <summary>As it is handed on, or null. Of a later version only the parts are known that version 00 has.</summary>
    public static string? Read(StringValues header) =>
        header.Count != 1 || header[0] is not { } text || !IsOne(text) ? null
        : text.StartsWith("00", StringComparison.Ordinal) ? text
        : Known(text);

    static bool IsOne(ReadOnlySpan<char> text) =>
        text.Length >= Length && text[2] == '-' && text[35] == '-' && text[52] == '-'
        && AreDigits(text[..2]) && AreDigits(text[3..35]) && AreDigits(text[36..52]) && AreDigits(text[53..Length])
        && text[3..35].ContainsAnyExcept('0') && text[36..52].ContainsAnyExcept('0')
        && text[..2] is not "ff" && (text.Length == Length || (text[..2] is not "00" && text[Length] == '-'));

    // Of the flags only the last bit, sampled
    static string Known(string text) => $"00{text[2..53]}{("13579bdf".Contains(text[54]) ? "01" : "00")}";

    static bool AreDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(digits);
}
