using TinyResilient.LoadTest;
using Xunit;
using static Specs.LoadTest.StubServer;

namespace Specs.LoadTest;

public sealed class LoadTestCommandSpecs : IDisposable
{
    readonly string directory = Directory.CreateTempSubdirectory("loadtest").FullName;
    readonly StringWriter output = new();
    readonly StringWriter error = new();

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Theory]
    [InlineData("--rps abc", "--rps abc: expected a number from 0.01 to 100000")]
    [InlineData("--rps -5", "--rps -5: expected a number from 0.01 to 100000")]
    [InlineData("--rps 1e3", "--rps 1e3: expected a number from 0.01 to 100000")]
    [InlineData("--rps NaN", "--rps NaN: expected a number from 0.01 to 100000")]
    [InlineData("--rps", "Required argument missing for option: '--rps'.")]
    [InlineData("--rps 1 --rps 2", "Option '--rps' expects a single argument but 2 were provided.")]
    [InlineData("--seconds 0", "--seconds 0: expected a time from 100ms to 24h")]
    [InlineData("--seconds 10x", "--seconds 10x: expected a time from 100ms to 24h")]
    [InlineData("--seconds 25h", "--seconds 25h: expected a time from 100ms to 24h")]
    [InlineData("--url localhost:8000", "--url localhost:8000: expected an absolute http:// or https:// address")]
    [InlineData("--url http://me:secret@localhost", "--url http://me:secret@localhost: expected an absolute")]
    [InlineData("--stages 5s:0", "--stages 5s:0: expected TIME:RATE")]
    [InlineData("--stages 5s", "--stages 5s: expected TIME:RATE")]
    [InlineData("--stages 5s:20,,5s:1", "--stages 5s:20,,5s:1: expected TIME:RATE")]
    [InlineData("--stages 5s:20 --rps 20", "--stages cannot be combined with --rps")]
    [InlineData("--stages 5s:20 --seconds 20", "--stages cannot be combined with --seconds")]
    [InlineData("--closed 2 --rps 20", "--closed cannot be combined with --rps")]
    [InlineData("--closed 2 --arrivals even", "--closed cannot be combined with --arrivals")]
    [InlineData("--closed 2 --stages 5s:1", "--stages cannot be combined with --closed")]
    [InlineData("--closed 0", "--closed 0: expected a whole number from 1 to 10000")]
    [InlineData("--arrivals odd", "--arrivals odd: expected even or poisson")]
    [InlineData("--threshold speed>9", "--threshold speed>9: expected METRIC, one of < <= > >=")]
    [InlineData("--threshold p95<9 --threshold p95", "--threshold p95: expected METRIC, one of < <= > >=")]
    [InlineData("--seed -1", "--seed -1: expected a whole number from 0 to 9223372036854775807")]
    [InlineData("--json same --csv same", "--csv same: expected another file than --json")]
    [InlineData("--json missing/x", "--json missing/x: expected a file that can be written (there is no folder ")]
    [InlineData("--json ", "--json \"\": expected a file that can be written (it is empty)\n")]
    [InlineData("--csv .", "--csv .: expected a file that can be written (it is a folder)\n")]
    [InlineData("--faster", "Unrecognized command or argument '--faster'.")]
    public async Task Answers_a_wrong_command_line_with_one_line_and_sends_nothing(string line, string expected)
    {
        Assert.Equal(ExitCode.Usage, await RunAsync(line.Split(' ')));
        Assert.StartsWith(expected, error.ToString());
        Assert.Equal(1, error.ToString().Count(c => c == '\n'));
        Assert.Empty(output.ToString());
    }

    [Fact]
    public async Task Prints_the_summary_first_and_progress_elsewhere()
    {
        await using var server = Saying(Http(200, Success));

        Assert.Equal(ExitCode.Ok, await RunAsync(server, "--rps", "100", "--seed", "7"));
        Assert.StartsWith("=== load test summary ===\nTotal requests: 10\nSuccess: 10 (100.0%)\n", output.ToString());
        Assert.Contains("\nSeed: 7 ", output.ToString());
        Assert.Matches(@"^(\d+ s: .* in flight\n)+$", error.ToString());
    }

    [Fact]
    public async Task Fails_when_not_one_request_got_an_answer()
    {
        var server = Saying(null);
        await server.DisposeAsync();

        Assert.Equal(ExitCode.Failed, await RunAsync(server, "--threshold", "success>=1"));
        Assert.EndsWith($"is {server.Url} up?\n", output.ToString());
    }

    [Fact]
    public async Task Gives_its_summary_also_when_every_connection_was_reset()
    {
        await using var peer = new ResettingPeer();

        Assert.Equal(ExitCode.Failed, await RunAsync("--url", $"{peer.Url}", "--seconds", "1", "--rps", "300"));
        Assert.StartsWith("=== load test summary ===\nTotal requests: 300\nSuccess: 0 (0.0%)\n", output.ToString());
    }

    [Theory]
    [InlineData("success>=95", ExitCode.Ok, "✓ met: success>=95 (was 100%)\n")]
    [InlineData("success<95", ExitCode.Threshold, "✗ not met: success<95 (was 100%)\n")]
    public async Task Judges_thresholds(string rule, int code, string line)
    {
        await using var server = Saying(Http(200, Success));

        Assert.Equal(code, await RunAsync(server, "--threshold", "p95>=0", "--threshold", rule));
        Assert.Contains(line, output.ToString());
    }

    [Fact]
    public async Task Takes_theory_from_the_target_unless_a_knob_was_turned_meanwhile()
    {
        var asked = 0;
        await using var still = new StubServer((path, _) =>
            Task.FromResult<string?>(Http(200, path == "/knobs" ? Knobs(0.3) : Success)));
        await using var turned = new StubServer((path, _) =>
            Task.FromResult<string?>(Http(200, path == "/knobs" ? Knobs(0.1 * ++asked) : Success)));

        await RunAsync(still);
        Assert.Contains("theory says 97.3 %", output.ToString());

        output.GetStringBuilder().Clear();
        await RunAsync(turned);
        Assert.DoesNotContain("theory", output.ToString());
    }

    [Theory]
    [InlineData("[]", true)]
    [InlineData("""[{"kind":"corrupt"}]""", false)]
    public async Task Guesses_no_theory_for_a_target_with_a_fault(string faults, bool isThere)
    {
        await using var server = new StubServer((path, _) =>
            Task.FromResult<string?>(Http(200, path == "/knobs" ? Knobs(0.3) : path == "/faults" ? faults : Success)));

        await RunAsync(server);
        Assert.Equal(isThere, $"{output}".Contains("theory", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Puts_whole_result_files_in_place_and_leaves_nothing_else()
    {
        await using var server = Saying(Http(200, Success));
        var (json, csv) = (Path.Combine(directory, "run.json"), Path.Combine(directory, "run.csv"));
        await File.WriteAllTextAsync(json, "old");

        Assert.Equal(ExitCode.Ok, await RunAsync(server, "--json", json, "--csv", csv));
        Assert.StartsWith("{\n", await File.ReadAllTextAsync(json));
        Assert.StartsWith("second,", await File.ReadAllTextAsync(csv));
        Assert.Equal([csv, json], Directory.GetFiles(directory).Order());
    }

    [Fact]
    public async Task Explains_itself()
    {
        Assert.Equal(ExitCode.Ok, await RunAsync("--help"));
        Assert.All(
            ["--url", "--rps", "--stages", "--arrivals", "--closed", "--threshold", "LOADTEST_URL", "99 a threshold"],
            word => Assert.Contains(word, output.ToString()));
    }

    static string Knobs(double failureRate) => $$$"""
        {"FAILURE_RATE":{"value":{{{failureRate}}}},"MAX_RETRIES":{"value":2},"FAILURE_THRESHOLD":{"value":5},
         "BASE_LATENCY_MS":{"value":30},"MAX_LATENCY_MS":{"value":800},"REQUEST_TIMEOUT_S":{"value":1}}
        """;

    Task<int> RunAsync(StubServer server, params string[] args) =>
        RunAsync(["--url", $"{server.Url}", "--seconds", "0.1", "--timeout", "10m", .. args]);

    Task<int> RunAsync(params string[] args) => LoadTestCommand.RunAsync(args, output, error);
}
