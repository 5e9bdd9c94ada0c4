using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace ProcessSpecs.Harness;

/// <summary>
/// One program of ours as a real process. Ends with the spec that started it: killed by Dispose, and, should the specs
/// themselves be killed, by EXIT_WITH_PARENT, as its standard input is a pipe that we hold.
/// </summary>
sealed class RunningProgram : IDisposable
{
    readonly Process process;
    readonly ConcurrentQueue<string> output = [], errors = [];
    readonly Task reading;
    readonly string[] arguments;

    RunningProgram(string name, Process process)
    {
        (Name, Pid, this.process, arguments) = (name, process.Id, process, [.. process.StartInfo.ArgumentList]);
        reading = Task.WhenAll(Read(process.StandardOutput, output), Read(process.StandardError, errors));
    }

    /// <param name="project">Its project, which is also the name of its file.</param>
    /// <param name="environment">On top of a small environment that holds no knob and no setting.</param>
    public static RunningProgram Start(
        string project, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> environment) =>
        Start(project, [], arguments, environment);

    /// <param name="inside">What to put before it: a program that becomes it.</param>
    public static RunningProgram Start(
        string project, string[] inside, IEnumerable<string> arguments, IEnumerable<KeyValuePair<string, string>> environment)
    {
        string[] command = [.. inside, Programs.DotNet, Programs.Dll(project), .. arguments];
        return Start(project, new ProcessStartInfo(command[0], command[1..]), environment);
    }

    /// <summary>A program that is not ours. It knows no EXIT_WITH_PARENT, so a shell waits with it for our end.</summary>
    public static RunningProgram StartOther(string program, params string[] arguments) => Start(program,
        new ProcessStartInfo("/bin/sh", ["-c", "\"$@\" & cat > /dev/null; kill $!", "sh", program, .. arguments]), []);

    static RunningProgram Start(string name, ProcessStartInfo start, IEnumerable<KeyValuePair<string, string>> environment)
    {
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        foreach (var foreign in start.Environment.Keys.Where(IsForeign).ToList())
            start.Environment.Remove(foreign);
        start.Environment["EXIT_WITH_PARENT"] = "true";
        foreach (var (variable, value) in environment)
            start.Environment[variable] = value;
        return new RunningProgram(name, Process.Start(start)!);
    }

    public string Name { get; }
    public int Pid { get; }
    public string Output => string.Join('\n', output);
    public string Errors => string.Join('\n', errors);
    public bool HasExited => process.HasExited;

    public void Send(Signal signal) => Signals.Send(Pid, signal);

    /// <summary>The exit code, after the last line was read.</summary>
    /// <param name="limit">Null: the usual one.</param>
    public async Task<int> ExitCode(TimeSpan? limit = null)
    {
        await process.WaitForExitAsync().WaitAsync(limit ?? Until.Limit, TimeProvider.System);
        await reading.WaitAsync(Until.Limit, TimeProvider.System);
        return process.ExitCode;
    }

    /// <summary>Whether such a process runs; one that has ended and that nobody has asked about does not.</summary>
    public static bool IsRunning(int pid)
    {
        try
        {
            if (OperatingSystem.IsLinux())
                return !File.ReadAllText($"/proc/{pid}/stat").Contains(") Z ", StringComparison.Ordinal);
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>The processes that it has started and that still run, the first first as far as numbers tell.</summary>
    public static int[] Children(int pid)
    {
        if (!OperatingSystem.IsLinux())
            return Children(Listed(), pid);
        return Children(Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(name => char.IsAsciiDigit(name![0]))
            .Select(name => (int.Parse(name!, CultureInfo.InvariantCulture), ParentOf(name!))), pid);
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit(Until.Limit);
        }
        process.Dispose();
        RemoveRunFile();
    }

    public override string ToString() => $"--- {Name} (process {Pid})\n{Output}\n{Errors}";

    // A lab that is killed leaves its own behind; while a lab runs, the file is that lab's.
    void RemoveRunFile()
    {
        var option = Array.IndexOf(arguments, "--port-base");
        if (option < 0)
            return;
        var file = Path.Combine(Path.GetTempPath(), $"tiny-{Environment.UserName}-{arguments[option + 1]}.json");
        if (File.Exists(file) && !IsRunning((int)JsonNode.Parse(File.ReadAllText(file))!["Lab"]![nameof(Pid)]!))
            File.Delete(file);
    }

    static int[] Children(IEnumerable<(int Pid, int Parent)> all, int pid) =>
        [.. all.Where(one => one.Parent == pid).Select(one => one.Pid).Order()];

    // "12 (dotnet) S 7 …": state and parent follow the name, which may hold anything. A process that has ended has none.
    static int ParentOf(string pid)
    {
        try
        {
            var words = File.ReadAllText($"/proc/{pid}/stat").Split(") ")[^1].Split(' ');
            return words[0] == "Z" ? 0 : int.Parse(words[1], CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    static List<(int, int)> Listed()
    {
        using var list = Process.Start(new ProcessStartInfo("ps", ["-A", "-o", "pid=,ppid="])
        {
            RedirectStandardOutput = true,
        })!;
        return [.. list.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(pair => (int.Parse(pair[0], CultureInfo.InvariantCulture), int.Parse(pair[1], CultureInfo.InvariantCulture)))];
    }

    static async Task Read(StreamReader lines, ConcurrentQueue<string> into)
    {
        while (await lines.ReadLineAsync() is { } line)
            into.Enqueue(line);
    }

    // Our settings and knobs are written in capitals, like much else; what a program needs to start is a short list.
    static bool IsForeign(string name) =>
        name is not ("PATH" or "HOME" or "USER" or "TMPDIR" or "TEMP" or "TMP" or "SystemRoot")
        && !name.StartsWith("DOTNET", StringComparison.Ordinal);
}
