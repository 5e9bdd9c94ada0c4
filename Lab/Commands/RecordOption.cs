using System.CommandLine;
using TinyResilient.Lab.Stage;

namespace TinyResilient.Lab.Commands;

/// <summary>`--record FILE` of the commands that serve a live stage.</summary>
static class RecordOption
{
    public static readonly Option<string?> File = Create();

    static Option<string?> Create()
    {
        var option = new Option<string?>("--record")
        {
            Description = $"Record the stage, for tiny replay; at most {Recorder.Longest.TotalHours:0} h or {Recorder.MostBytes >> 20} MB",
            HelpName = "FILE",
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && RecordingWriter.Obstacle(token.Value) is { } obstacle)
                result.AddError($"--record {obstacle}");
        });
        return option;
    }
}
