using Xunit.Abstractions;

namespace ProcessSpecs.Harness;

/// <summary>ServiceA and ServiceB on ports of their own, in whatever order a spec starts them.</summary>
sealed class Pair : IDisposable
{
    readonly List<RunningProgram> programs = [];
    readonly Dictionary<string, string> environment;
    readonly ITestOutputHelper? screen;

    /// <param name="screen">Gets what the services wrote, once the spec has ended.</param>
    /// <param name="environment">Knobs and settings of both.</param>
    public Pair(ITestOutputHelper? screen, params (string Name, string Value)[] environment)
    {
        this.screen = screen;
        this.environment = environment.ToDictionary(one => one.Name, one => one.Value);
        HttpA = Ports.Free();
        HttpB = Ports.Free();
        RemoteA = Ports.Free();
        RemoteB = Ports.Free();
        ClientA = new Client(HttpA);
        ClientB = new Client(HttpB);
    }

    public int HttpA { get; }
    public int HttpB { get; }
    public int RemoteA { get; }
    public int RemoteB { get; }
    public Client ClientA { get; }
    public Client ClientB { get; }
    public RunningProgram A { get; private set; } = null!;
    public RunningProgram B { get; private set; } = null!;

    /// <summary>What to put before a service: a program that becomes it.</summary>
    public string[] Inside { get; init; } = [];

    /// <summary>Sets what the services started from now on are told.</summary>
    public void Tell(string name, string value) => environment[name] = value;

    public RunningProgram StartA() => A = Start("ServiceA", HttpA, RemoteA);

    public RunningProgram StartB() => B = Start("ServiceB", HttpB, RemoteB);

    public async Task StartBoth()
    {
        StartB();
        StartA();
        await Task.WhenAll(IsReady(ClientB), IsReady(ClientA));
    }

    public static Task IsReady(Client service) => Readiness(service, 200);

    public static Task<Answer> Readiness(Client service, int status) =>
        Until.Fact($"/readyz answers {status}", () => service.Get("/readyz"), answer => answer.Status == status);

    public void Dispose()
    {
        foreach (var program in programs)
        {
            program.Dispose();
            screen?.WriteLine(program.ToString());
        }
        ClientA.Dispose();
        ClientB.Dispose();
    }

    RunningProgram Start(string project, int httpPort, int remotePort)
    {
        var program = RunningProgram.Start(project, Inside, [], new Dictionary<string, string>
        {
            ["HTTP_PORT"] = $"{httpPort}",
            ["REMOTE_PORT"] = $"{remotePort}",
            ["SERVICE_B"] = $"127.0.0.1:{RemoteB}",
            ["SERVICE_B_URL"] = $"http://127.0.0.1:{HttpB}",
        }.Concat(environment).GroupBy(one => one.Key).Select(same => same.Last()));
        programs.Add(program);
        return program;
    }
}
