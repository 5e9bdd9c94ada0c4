using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace ProcessSpecs;

/// <summary>The command that starts both services and keeps them, with all that can happen to it.</summary>
public sealed class LabSpecs : IDisposable
{
    readonly int portBase = Ports.Free(5);
    readonly ITestOutputHelper screen;
    readonly Client a, b;
    readonly RunningProgram lab;

    public LabSpecs(ITestOutputHelper screen)
    {
        this.screen = screen;
        (a, b) = (new Client(portBase), new Client(portBase + 1));
        lab = Start();
    }

    public void Dispose()
    {
        lab.Dispose();
        screen.WriteLine($"{lab}");
        a.Dispose();
        b.Dispose();
        Assert.Empty(Directory.GetFiles(Path.GetTempPath(), $"tiny-*-{portBase}.json"));
    }

    [PosixFact]
    public async Task Starts_both_says_where_they_are_and_stops_both_on_Ctrl_C()
    {
        var services = await BothRun();
        Assert.Contains($"http://localhost:{portBase} ", lab.Output, StringComparison.Ordinal);
        Assert.Contains($"http://localhost:{portBase + 1} ", lab.Output, StringComparison.Ordinal);
        Assert.Equal(200, (await a.Get("/readyz")).Status);

        lab.Send(Signal.Interrupt);

        Assert.Equal(130, await lab.ExitCode());
        Assert.DoesNotContain(services, IsRunning);
        Assert.DoesNotContain("was killed", lab.Output, StringComparison.Ordinal);
    }

    [PosixFact]
    public async Task Leaves_no_process_behind_when_it_is_killed()
    {
        var services = await BothRun();
        lab.Send(Signal.Kill);
        await Until.Fact("no service is left", () => !services.Any(IsRunning));
    }

    [PosixFact]
    public async Task Shows_that_service_b_was_killed_and_starts_it_again()
    {
        var services = await BothRun();

        var kill = await Run("kill", "service-b");
        Assert.Equal((0, $"service-b (process {services[1]}) killed; tiny up starts it again."), kill);

        await Until.Fact("it says so", () => lab.Output.Contains("service-b died (killed by SIGKILL)", StringComparison.Ordinal));
        await Until.Fact("it is back", () => lab.Output.Contains("service-b is ready again", StringComparison.Ordinal));
        await Pair.IsReady(a);
        Assert.NotEqual(services[1], await Pid(b));
    }

    [Fact]
    public async Task Turns_knobs_presets_and_all_of_them_back()
    {
        await BothRun();

        Assert.Equal((0, "FAILURE_RATE 0.3 -> 0.1\nJITTER full -> equal"), await Run("set", "FAILURE_RATE=0.1", "JITTER=equal"));
        Assert.Equal((0.1, "equal"), ((double)await b.Knob("FAILURE_RATE"), $"{await a.Knob("JITTER")}"));

        Assert.Equal((0, "FAILURE_RATE 0.1 -> 0.6\nMAX_LATENCY_MS 800 -> 1500"), await Run("preset", "evil"));
        Assert.Equal((0.6, 1500), ((double)await b.Knob("FAILURE_RATE"), (double)await b.Knob("MAX_LATENCY_MS")));

        Assert.Equal(0, (await Run("reset")).ExitCode);
        Assert.Equal((0.3, 800, "full"), ((double)await b.Knob("FAILURE_RATE"), (double)await b.Knob("MAX_LATENCY_MS"),
            $"{await a.Knob("JITTER")}"));
    }

    RunningProgram Start(params string[] arguments) =>
        RunningProgram.Start("Lab", [.. arguments, "--port-base", $"{portBase}"], []);

    async Task<(int ExitCode, string Output)> Run(params string[] arguments)
    {
        using var command = Start(arguments);
        var code = await command.ExitCode();
        return (code, (command.Output + command.Errors).Trim());
    }

    async Task<int[]> BothRun()
    {
        await Until.Fact("both are ready", () => lab.Output.Contains("Both services are ready.", StringComparison.Ordinal));
        return [await Pid(a), await Pid(b)];
    }

    static async Task<int> Pid(Client service) => (int)(await service.Get("/state")).Json["pid"]!;

    static bool IsRunning(int pid) => RunningProgram.IsRunning(pid);
}
