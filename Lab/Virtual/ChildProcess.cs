using System.Diagnostics;
using System.Text.Json;
using TinyResilient.Lab.Commands;
using TinyResilient.Lab.Processes;
using TinyResilient.Lab.Running;

namespace TinyResilient.Lab.Virtual;

/// <summary>A child that works off orders, one at a time; ends with this process, however that ends.</summary>
sealed class ChildProcess : IDisposable
{
    // What a killed actor system leaves behind is not collected: about a megabyte for each host
    const int MostWorlds = 100;

    readonly Process _process;
    readonly Task<string> _errors;
    int _worlds;

    ChildProcess(Process process) => (_process, _errors) = (process, process.StandardError.ReadToEndAsync());

    public bool IsUsedUp => _worlds >= MostWorlds;

    public static ChildProcess Start()
    {
        var start = ServicePrograms.Own([WorldCommand.Name]);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Environment["DOTNET_PROCESSOR_COUNT"] = "1"; // a pool of one thread is refused otherwise
        start.Environment["DOTNET_gcConcurrent"] = "0";
        // For a process that lives for seconds. What is called often is compiled anew, and better; by default only when nothing was
        // compiled for a while, which in half a dozen worlds does not happen, and they take twice as long
        start.Environment["DOTNET_TC_CallCountingDelayMs"] = "0";
        start.Environment["DOTNET_TC_CallCountThreshold"] = "C8"; // 200: rarer things are not worth it
        start.Environment["DOTNET_TieredPGO"] = "0";
        return new(Process.Start(start)!);
    }

    /// <exception cref="RunFailedException">The child has ended.</exception>
    public async Task<Delivery> AskAsync(Order order, CancellationToken stop)
    {
        _worlds++;
        try
        {
            await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(order, Delivery.Json).AsMemory(), stop);
            await _process.StandardInput.FlushAsync(stop);
            if (await _process.StandardOutput.ReadLineAsync(stop) is { } line)
                return JsonSerializer.Deserialize<Delivery>(line, Delivery.Json)!;
        }
        catch (IOException)
        {
            // Its input is closed: it has ended.
        }
        var last = (await _errors).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault();
        throw new RunFailedException($"{order}: the process that ran it has ended{(last is null ? "" : $"; its last line: {last}")}");
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
