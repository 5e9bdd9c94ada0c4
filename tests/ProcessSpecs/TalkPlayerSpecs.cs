using System.Diagnostics;
using System.Text;
using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace ProcessSpecs;

/// <summary>The command that plays a talk, on a lab, with a terminal and without.</summary>
[Collection(Collections.Beside)]
public sealed class TalkPlayerSpecs(RunningLab lab, ITestOutputHelper screen) : IClassFixture<RunningLab>, IDisposable
{
    const string Talk = """
        # A short talk

        ## Act 1: One

        **Question.** What now?

        ```
        ./tiny set MAX_RETRIES=1
        ./tiny load --rps 20 --seconds 600
        ```

        In a third terminal:

        ```
        curl http://localhost:8001/state
        ```

        ```
        ./tiny reset
        ```
        """;

    readonly string folder = Directory.CreateTempSubdirectory("tiny-talk-").FullName;

    [Fact]
    public async Task Without_a_terminal_it_plays_a_talk_through_when_told_so()
    {
        using var played = Play(Talk.Replace("600", "4", StringComparison.Ordinal), "--yes");

        var code = await played.ExitCode();
        Assert.True(code == 0, $"exit code {code}: {played.Errors}\n{played.Output}");
        Assert.Contains("Question. What now?", played.Output, StringComparison.Ordinal);
        Assert.Contains("MAX_RETRIES 2 -> 1", played.Output, StringComparison.Ordinal);
        Assert.Contains("\"workers\"", played.Output, StringComparison.Ordinal);
        Assert.Contains("=== load test summary ===", played.Output, StringComparison.Ordinal);
        Assert.Contains("Both services are as at their start.", played.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_terminal_and_unasked_it_plays_nothing()
    {
        using var played = Play(Talk);

        Assert.Equal(2, await played.ExitCode());
        Assert.Equal("tiny talk waits for keys, and there is no terminal; --yes plays it through without them", played.Errors);
    }

    [Fact]
    public async Task A_talk_that_would_run_anything_else_is_refused_before_it_begins()
    {
        using var played = Play(Talk.Replace("./tiny reset", "rm reset", StringComparison.Ordinal), "--yes");

        Assert.Equal(2, await played.ExitCode());
        Assert.EndsWith("line 19: \"rm reset\": only lines that begin with ./tiny or curl are allowed in a code block", played.Errors, StringComparison.Ordinal);
        Assert.Empty(played.Output);
    }

    [LinuxFact]
    public async Task On_a_terminal_it_waits_for_keys_and_Ctrl_C_ends_a_load_and_not_the_talk()
    {
        using var terminal = new Terminal($"\"{Programs.DotNet}\" \"{Programs.Dll("Lab")}\" talk \"{Written(Talk)}\" --port-base {lab.PortBase}");
        try
        {
            await terminal.Shows($"$ ./tiny set MAX_RETRIES=1 --port-base {lab.PortBase}");
            terminal.Press("\r");
            await terminal.Shows("MAX_RETRIES 2 -> 1");
            await terminal.Shows($"600 --port-base {lab.PortBase}");
            terminal.Press("\r");
            await terminal.Shows(" ok, "); // the load goes on, while the next command is typed
            await terminal.Shows($"curl http://localhost:{lab.PortBase + 1}/state");
            terminal.Press("\r");
            await terminal.Shows("\"workers\"");
            terminal.Press("\u0003");
            await terminal.Shows("=== load test summary ===");
            await terminal.Shows("Interrupted");
            await terminal.Shows($"$ ./tiny reset --port-base {lab.PortBase}");
            terminal.Press("\r");
            await terminal.Shows("Both services are as at their start.");
            Assert.Equal(0, await terminal.ExitCode());
        }
        finally
        {
            screen.WriteLine(terminal.Text.Replace('\e', '?'));
        }
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    RunningProgram Play(string talk, params string[] options) =>
        RunningProgram.Start("Lab", ["talk", Written(talk), "--port-base", $"{lab.PortBase}", .. options], []);

    string Written(string talk)
    {
        var file = Path.Combine(folder, "talk.md");
        File.WriteAllText(file, talk);
        return file;
    }

    /// <summary>A pseudo terminal, as `script` makes one. Its shell must become the command: dash, told of Ctrl-C too, would end with 130 after it.</summary>
    sealed class Terminal : IDisposable
    {
        readonly Process process;
        readonly StringBuilder text = new();
        readonly Task reading;
        int seen;

        public Terminal(string command)
        {
            process = Process.Start(new ProcessStartInfo("script", ["--quiet", "--flush", "--return", "--command", $"exec {command}", "/dev/null"])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!;
            reading = Read();
        }

        public string Text
        {
            get
            {
                lock (text)
                    return $"{text}";
            }
        }

        /// <summary>Waits until it shows this, after what it showed before.</summary>
        public Task Shows(string what) => Until.Fact($"the terminal shows {what}", () =>
        {
            var at = Text.IndexOf(what, seen, StringComparison.Ordinal);
            seen = at < 0 ? seen : at + what.Length;
            return at >= 0;
        });

        public void Press(string keys)
        {
            process.StandardInput.Write(keys);
            process.StandardInput.Flush();
        }

        public async Task<int> ExitCode()
        {
            await process.WaitForExitAsync().WaitAsync(Until.Limit, TimeProvider.System);
            await reading;
            return process.ExitCode;
        }

        public void Dispose()
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
            process.Dispose();
        }

        async Task Read()
        {
            var letters = new char[4096];
            while (await process.StandardOutput.ReadAsync(letters) is > 0 and var count)
                lock (text)
                    text.Append(letters, 0, count);
        }
    }
}
