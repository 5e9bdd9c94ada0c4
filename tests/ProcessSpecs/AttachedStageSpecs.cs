using ProcessSpecs.Harness;
using Xunit;
using Xunit.Abstractions;

namespace ProcessSpecs;

/// <summary>The stage alone, in front of services that somebody else has started, as in a container.</summary>
public sealed class AttachedStageSpecs : IDisposable
{
    readonly Pair pair;
    readonly int port = Ports.Free();
    readonly Client stage;
    readonly RunningProgram lab;

    public AttachedStageSpecs(ITestOutputHelper screen)
    {
        pair = new(screen);
        stage = new(port);
        lab = Start("stage");
    }

    public void Dispose()
    {
        lab.Dispose();
        stage.Dispose();
        pair.Dispose();
    }

    [PosixFact]
    public async Task Waits_for_services_that_come_later_and_says_why_it_signals_none()
    {
        await Until.Fact("it says that it has lost them", () => stage.Get("/state"),
            answer => answer.Text.Contains("lost contact with ServiceA; lost contact with ServiceB", StringComparison.Ordinal));
        Assert.Equal(503, (await stage.Patch("""{"MAX_RETRIES":1}""")).Status);

        await pair.StartBoth();
        await Until.Fact("it finds them", () => stage.Get("/state"),
            answer => answer.Status == 200 && $"{answer.Json["contact"]!["service_a"]}{answer.Json["contact"]!["service_b"]}" == "upup");
        Assert.Equal(200, (await stage.Patch("""{"MAX_RETRIES":1}""")).Status);
        var setup = (await stage.Get("/setup")).Json;
        Assert.False((bool)setup["can_signal"]!);
        var refused = await stage.Send(HttpMethod.Post, "/service-b", """{"do":"kill"}""");
        Assert.Equal((409, $"{setup["cannot_signal_because"]}"), (refused.Status, $"{refused.Json["detail"]}"));
        Assert.Equal(204, (await stage.Post("/reset")).Status);
        Assert.Equal(2, (int)await pair.ClientA.Knob("MAX_RETRIES"));

        using var check = Start("--check-health");
        Assert.Equal(0, await check.ExitCode());
        lab.Send(Signal.Interrupt);
        Assert.Equal(130, await lab.ExitCode());
        using var late = Start("--check-health");
        Assert.Equal(1, await late.ExitCode());
    }

    [Fact]
    public async Task A_taken_port_is_one_line_that_names_the_setting()
    {
        await Until.Fact("it is there", () => stage.Get("/livez"), answer => answer.Status == 200);
        using var second = Start("stage");
        Assert.Equal(1, await second.ExitCode());
        Assert.Equal($"HTTP_PORT {port} is taken on 127.0.0.1: choose another with HTTP_PORT", second.Errors);
    }

    [Fact]
    public async Task A_setting_that_cannot_be_is_one_line()
    {
        using var wrong = RunningProgram.Start("Lab", ["stage"], new Dictionary<string, string> { ["CONTROL_FROM"] = "all" });
        Assert.Equal(2, await wrong.ExitCode());
        Assert.Equal("CONTROL_FROM: \"all\" is not one of loopback, any", wrong.Errors);
    }

    RunningProgram Start(string argument) => RunningProgram.Start("Lab", [argument], new Dictionary<string, string>
    {
        ["HTTP_PORT"] = $"{port}",
        ["TINY_URL_A"] = $"http://127.0.0.1:{pair.HttpA}",
        ["TINY_URL_B"] = $"http://127.0.0.1:{pair.HttpB}",
    });
}
