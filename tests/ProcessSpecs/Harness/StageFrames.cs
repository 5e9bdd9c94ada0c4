using System.Text.Json.Nodes;

namespace ProcessSpecs.Harness;

/// <summary>What a stage shows, from its <c>/state</c>.</summary>
static class StageFrames
{
    /// <summary>Waits until it shows this.</summary>
    public static async Task<JsonNode> Frame(this Client stage, string fact, Func<JsonNode, bool> isWanted) => (await Until.Fact(fact,
        () => stage.Get("/state"), answer => answer.Status == 200 && isWanted(answer.Json))).Json;

    /// <summary>Waits until it is in contact with both services.</summary>
    public static Task<JsonNode> InContact(this Client stage) => stage.Frame("it is in contact with both", frame =>
        $"{frame["contact"]!["service_a"]} {frame["contact"]!["service_b"]}" == "up up" && frame["knobs"]!.AsObject().Count > 0);
}
