using System.Text.RegularExpressions;

namespace TinyResilient.Lab.Rehearsals;

/// <summary>Finds the hosts that a page, script or style sheet names outside of its comments.</summary>
static partial class ForeignHosts
{
    // Ourselves, and the name of a language that nobody fetches.
    static readonly string[] known = ["localhost", "127.0.0.1", "[::1]", "www.w3.org"];

    public static IEnumerable<string> In(string text) =>
        Address().Matches(Comment().Replace(text, " ")).Select(address => address.Groups["host"].Value.ToLowerInvariant()).Except(known).Order();

    [GeneratedRegex(@"/\*.*?\*/|<!--.*?-->|(?<=^|[\s;{}])//[^\n""'`]*$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"(?:\b(?:https?|wss?):|(?<=[""'`(=]\s*))//(?<host>\[[0-9a-f:]+\]|[a-z0-9][a-z0-9.-]*)", RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}
