using System.Net;
using System.Net.Sockets;
using System.Text;
using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace ProcessSpecs;

/// <summary>`tiny run --real` and its kin, with real services: short runs, and all that can end one.</summary>
public sealed class ScenarioSpecs(ITestOutputHelper screen) : CommandSpecs(screen)
{
    // Nothing fails, so that no pause of .NET's standard pipeline has to be waited for.
    static readonly string[] calm = ["--real", "--set", "f=0", "--set", "seconds=3", "--set", "rate=10", "--benches", "1", "--no-png"];

    [Fact]
    public async Task A_short_run_gives_a_correct_report_whatever_knobs_its_caller_has()
    {
        var report = Path.Combine(Folder, "report");
        var run = Start(["run", "errors", "--real", "--set", "seconds=1", "--set", "rate=50", "--no-png", "--out", report],
            new() { ["FAILURE_RATE"] = "0.9", ["ACTOR_MAX_RETRIES"] = "5", ["QUEUE_LIMIT"] = "none", ["CONTROL_TOKEN"] = "of-another-lab" });

        await HasEndedWell(run);

        var isJudged = !run.Output.Contains("this machine was the bottleneck", StringComparison.Ordinal);
        Assert.Contains(isJudged ? "=== errors (S1): 2 retries turn 78.0 % into 98.0 %, for 1.30 attempts each"
            : "=== errors (S1): Nothing is judged", run.Output, StringComparison.Ordinal);
        Assert.Contains(isJudged ? " 0 fail, " : "  BROKEN: ", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("errors: ", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Not run", run.Output, StringComparison.Ordinal);
        Assert.StartsWith("1 scenario, 1 seed, ", run.Errors, StringComparison.Ordinal);
        Assert.Contains("errors: 6 of 6: tuned against tuned, seed 1 of 1, 1 s", run.Errors, StringComparison.Ordinal);
        Assert.Equal(["errors.csv", .. isJudged ? ["errors.svg"] : (string[])[], "report.html", "report.md", "result.json"], Files(report).Keys);
        Assert.Equal([report], Directory.GetFileSystemEntries(Folder));

        var before = Files(report);
        Assert.Equal((0, $"Drawn again in {report}."), await Run("report", report) is var (again, text) ? (again, text.Split('\n')[^1]) : default);
        Assert.All(before, file => Assert.Equal(file.Value, Files(report)[file.Key]));
        Assert.Contains("Nothing moved beyond noise.", (await Run("diff", report, report)).Output, StringComparison.Ordinal);
    }

    [PosixFact]
    public async Task Ctrl_C_keeps_what_was_measured_writes_no_report_of_half_a_scenario_and_leaves_no_process()
    {
        var run = Start(["run", "errors", .. calm, "--out", Path.Combine(Folder, "report")]);
        var services = await ServicesOf(run, when: "errors: 2 of 6");

        run.Send(Signal.Interrupt);

        Assert.Equal(130, await run.ExitCode());
        Assert.Contains("stopped after 1 of 6 arms, so not judged", run.Output, StringComparison.Ordinal);
        Assert.Contains("no retries                         actor  success      100 %", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(services, RunningProgram.IsRunning);
        Assert.Empty(Directory.GetFileSystemEntries(Folder));
    }

    [PosixFact]
    public async Task A_second_signal_ends_it_at_once_and_leaves_nothing()
    {
        var run = Start(["run", "errors", .. calm, "--out", Path.Combine(Folder, "report")]);
        var services = await ServicesOf(run, when: "errors: 1 of 6");

        run.Send(Signal.Terminate);
        run.Send(Signal.Interrupt);

        Assert.Equal(130, await run.ExitCode());
        Assert.EndsWith("ended at once: no result, no report", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(services, RunningProgram.IsRunning);
        Assert.Empty(Directory.GetFileSystemEntries(Folder));
    }

    [PosixFact]
    public async Task Killed_it_leaves_no_process()
    {
        var run = Start(["run", "errors", .. calm]);
        var services = await ServicesOf(run, when: "errors: making services ready");
        run.Send(Signal.Kill);
        await Until.Fact("no service is left", () => !services.Any(RunningProgram.IsRunning));
    }

    [PosixFact]
    public async Task A_service_that_dies_ends_the_run_with_one_line_that_says_so()
    {
        var run = Start(["run", "errors", .. calm]);
        var services = await ServicesOf(run, when: "errors: 1 of 6");

        Signals.Send(services[0], Signal.Kill);

        Assert.Equal(1, await run.ExitCode());
        Assert.StartsWith("errors: service-b died during the run (killed by SIGKILL)", run.Errors.Split('\n')[^1], StringComparison.Ordinal);
        Assert.Contains("nothing was measured", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(services, RunningProgram.IsRunning);
    }

    [PosixFact]
    public async Task A_run_whose_services_stood_still_says_so()
    {
        var report = Path.Combine(Folder, "report");
        var run = Start(["run", "errors", .. calm, "--out", report]);
        var services = await ServicesOf(run, when: "errors: 1 of 6");

        Signals.Send(services[0], Signal.Pause);
        await Task.Delay(TimeSpan.FromSeconds(1.5), TimeProvider.System);
        Signals.Send(services[0], Signal.Resume);

        Assert.Contains(await run.ExitCode(), (int[])[0, 99]);
        Assert.Contains("the machine was disturbed: in ", run.Output, StringComparison.Ordinal);
        Assert.Contains("(no retries, seed 1)", run.Output, StringComparison.Ordinal);
        Assert.Contains("errors: the machine was disturbed: in ", await File.ReadAllTextAsync(Path.Combine(report, "report.html")), StringComparison.Ordinal);
    }

    [PosixFact]
    public async Task Borrowed_services_are_reset_after_a_run_and_compare_leaves_their_faults()
    {
        var portBase = Ports.Free(5);
        string[] there = ["--port-base", $"{portBase}"];
        var lab = Start(there, new() { ["ACTOR_MAX_RETRIES"] = "4" });
        using Client a = new(portBase), b = new(portBase + 1);
        await Until.Fact("both are ready", () => lab.Output.Contains("Both services are ready.", StringComparison.Ordinal));

        Assert.Equal((2, "probability must be a number in 0..1, but is 2"), await Run(["break", "corrupt", "probability=2", .. there]));
        Assert.Equal((2, "probabilty is not a parameter of corrupt; did you mean probability?"), await Run(["break", "corrupt", "probabilty=0", .. there]));
        Assert.Equal((0, """{"kind":"error","lane":"http","probability":1} is set; tiny break none takes it away."""),
            await Run(["break", "error", "probability=1", "--lane", "http", .. there]));
        var (code, table) = await Run(["compare", "--rps", "10", "--seconds", "1", .. there]);
        Assert.Equal(0, code);
        Assert.Contains("The lanes differ beyond chance", table, StringComparison.Ordinal);
        Assert.Single((await b.Get("/faults")).Json.AsArray());

        // Its first arm takes long enough that the interrupt meets the second.
        var run = Start(["run", "errors", "node-death", "one-bad-node", "--attach", "--set", "f=0.5", "--set", "seconds=8", "--set", "rate=10", .. there]);
        await Until.Fact("it measures", () => run.Errors.Contains("errors: 1 of 6", StringComparison.Ordinal));
        await Until.Fact("its fault is set", async () => (await b.Get("/faults")).Json.ToJsonString().Contains("0.5", StringComparison.Ordinal));
        Assert.Null((await a.Get("/knobs")).Json["ACTOR_MAX_RETRIES"]);
        run.Send(Signal.Interrupt);

        Assert.Equal(130, await run.ExitCode());
        Assert.Contains("node-death is left out: it kills a ServiceB process, and", run.Errors, StringComparison.Ordinal);
        Assert.Contains("one-bad-node is left out: it needs 5 ServiceB processes, and", run.Errors, StringComparison.Ordinal);
        Assert.Contains($"the services on http://127.0.0.1:{portBase}/ were reset: no knob or fault of the run is left", run.Errors, StringComparison.Ordinal);
        Assert.Empty((await b.Get("/faults")).Json.AsArray());
        Assert.Equal(4, (int)await a.Knob("ACTOR_MAX_RETRIES"));
        Assert.Equal(800, (double)await b.Knob("MAX_LATENCY_MS"));
    }

    [Theory]
    [InlineData("run", "errors", "--attach")]
    [InlineData("compare")]
    public async Task Services_that_are_not_there_or_not_ours_are_one_line_before_anything_else_is_said(params string[] command)
    {
        var portBase = Ports.Free(5);
        string[] there = [.. command, "--port-base", $"{portBase}"];
        Assert.Equal($"service-a does not answer on http://127.0.0.1:{portBase}/; start a lab with: tiny up, or name another with --port-base",
            await OnlyLine(there));

        using var stranger = new TcpListener(IPAddress.Loopback, portBase);
        stranger.Start();
        var asked = AnswerOnce(stranger);
        Assert.Equal($"what answers on http://127.0.0.1:{portBase}/ is not service-a of this lab; name another lab with --port-base", await OnlyLine(there));
        Assert.StartsWith("GET /state ", await asked, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run erors", 2, "erors is no scenario; did you mean errors? tiny list shows all")]
    [InlineData("run ", 2, "NAME of run is empty; tiny list shows the scenarios")]
    [InlineData("run errors --set rat=5", 2, "rat is no parameter of errors; did you mean rate?")]
    [InlineData("run errors --set f=1.5", 2, "f of errors must be a number in 0..1, but is 1.5")]
    [InlineData("run errors --virtual --real", 2, "--virtual has a clock and services of its own: leave one of the two out, it or --real")]
    [InlineData("run errors --virtual --attach", 2, "--virtual has a clock and services of its own: leave one of the two out, it or --attach")]
    [InlineData("run errors --both --attach", 2, "--both runs in virtual time and on processes of its own: leave one of the two out, it or --attach")]
    [InlineData("run errors --both --virtual", 2, "--both runs in virtual time and on processes of its own: leave one of the two out, it or --virtual")]
    [InlineData("run errors --out {0}", 2, "--out {0} holds other things than a report: name a new folder")]
    [InlineData("run errors --out {0}/old.json/x", 2, "--out {0}/old.json/x cannot be made: {0}/old.json is a file")]
    [InlineData("run errors --out ", 2, "--out \"\" names no folder")]
    [InlineData("peers errors --out {0}", 2, "--out {0} holds other things than a report: name a new folder")]
    [InlineData("explain corupt", 2, "corupt is no scenario; did you mean corrupt? tiny list shows all")]
    [InlineData("explain ", 2, "NAME of explain is empty; tiny list shows the scenarios")]
    [InlineData("report {0}/cut.json", 2, "{0}/cut.json is cut short: it does not end with }}")]
    [InlineData("diff {0}/old.json {0}/none", 2, "{0}/old.json has format 0; this lab reads formats 2 and 3\n{0}/none does not exist: no run has left its result there")]
    [InlineData("report {0}/none", 2, "{0}/none does not exist: no run has left its result there")]
    public async Task What_is_wrong_is_one_line_and_nothing_is_started(string line, int code, string expected)
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, "cut.json"), """{"format":3,"command":"./ti""");
        await File.WriteAllTextAsync(Path.Combine(Folder, "old.json"), """{"format":0}""");
        var arguments = line.Split(' ').Select(word => word.Replace("{0}", Folder, StringComparison.Ordinal));
        Assert.Equal((code, expected.Replace("{0}", Folder, StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal)), await Run([.. arguments]));
    }

    async Task<(int ExitCode, string Output)> Run(params string[] arguments)
    {
        var program = Start(arguments);
        var code = await program.ExitCode();
        return (code, (program.Output + program.Errors).Trim());
    }

    async Task<string> OnlyLine(string[] arguments)
    {
        var program = Start(arguments);
        Assert.Equal(1, await program.ExitCode());
        Assert.Empty(program.Output);
        return program.Errors;
    }

    // ServiceB first, as it is started first.
    static async Task<int[]> ServicesOf(RunningProgram run, string when)
    {
        await Until.Fact(when, () => run.Errors.Contains(when, StringComparison.Ordinal));
        await Until.Fact("both services run", () => RunningProgram.Children(run.Pid).Length == 2);
        return RunningProgram.Children(run.Pid);
    }

    static SortedDictionary<string, string> Files(string report) => new(Directory.GetFiles(report)
        .ToDictionary(file => Path.GetFileName(file), file => Convert.ToHexString(File.ReadAllBytes(file))), StringComparer.Ordinal);

    static async Task<string> AnswerOnce(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
        var buffer = new byte[4096];
        var length = await client.GetStream().ReadAsync(buffer);
        await client.GetStream().WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 22\r\n\r\n{\"service\":\"something\"}"u8.ToArray());
        return Encoding.ASCII.GetString(buffer, 0, length);
    }
}
