using TinyResilient.Lab.Processes;
using TinyResilient.Lab.Rehearsals;
using Xunit;

namespace Specs.Lab.Rehearsals;

public sealed class MachineCheckSpecs : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("tiny-machine-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("", nameof(Light.Unknown), "does not say")]
    [InlineData("Mains,1,,", nameof(Light.Green), "plugged in")]
    [InlineData("Mains,0,,;Battery,0,Discharging,63", nameof(Light.Red), "on battery, 63 % left")]
    [InlineData("Mains,1,,;Battery,0,Discharging,63", nameof(Light.Green), "plugged in")]
    [InlineData("Battery,0,Charging,63", nameof(Light.Green), "plugged in")]
    [InlineData("Battery,0,Not charging,80", nameof(Light.Green), "plugged in")]
    [InlineData("Battery,0,Discharging,", nameof(Light.Red), "on battery")]
    [InlineData("USB,0,,;Battery,0,Unknown,63", nameof(Light.Unknown), "does not say")]
    public void Power_is_green_when_it_is_plugged_in(string supplies, string light, string words)
    {
        var finding = PowerCheck.Of([.. supplies.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(supply => supply.Split(',')).Select(fields =>
            new PowerSupply(fields[0], fields[1] == "1", fields[2].Length > 0 ? fields[2] : null, fields[3].Length > 0 ? fields[3] : null))]);

        Is(light, words, finding);
    }

    [Fact]
    public void Power_is_read_where_Linux_tells_of_it()
    {
        Write("AC/type", "Mains\n");
        Write("AC/online", "0\n");
        Write("BAT0/type", "Battery\n");
        Write("BAT0/status", "Discharging\n");
        Write("BAT0/capacity", "63\n");

        Is(nameof(Light.Red), "63 % left", PowerCheck.Of(PowerCheck.Read(_folder)));
        Assert.Empty(PowerCheck.Read(Path.Combine(_folder, "none")));
    }

    [Fact]
    public void One_core_is_too_few()
    {
        Is(nameof(Light.Red), "1 core", ProcessorCheck.OfCores(1));
        Is(nameof(Light.Green), "2 cores", ProcessorCheck.OfCores(2));
    }

    [Theory]
    [InlineData("acpi-cpufreq", "powersave", nameof(Light.Red))]
    [InlineData("acpi-cpufreq", "performance", nameof(Light.Green))]
    [InlineData("acpi-cpufreq", "schedutil", nameof(Light.Green))]
    [InlineData("intel_pstate", "powersave", nameof(Light.Green))]
    public void A_governor_that_keeps_the_processors_slow_is_red(string driver, string governor, string light)
    {
        Write("cpu0/cpufreq/scaling_driver", driver);
        Write("cpu0/cpufreq/scaling_governor", governor);
        Directory.CreateDirectory(Path.Combine(_folder, "cpuidle"));

        Is(light, governor, ProcessorCheck.OfGovernors(ProcessorCheck.Read(_folder)));
    }

    [Fact]
    public void Without_a_governor_nothing_is_said_of_it() =>
        Is(nameof(Light.Unknown), "does not say", ProcessorCheck.OfGovernors(ProcessorCheck.Read(_folder)));

    [Theory]
    [InlineData(5.0, nameof(Light.Green), "within 5.0 ms, at most 5 ms are wanted")]
    [InlineData(5.1, nameof(Light.Red), "within 5.1 ms, at most 5 ms are wanted")]
    public void A_machine_that_is_late_is_noisy(double late, string light, string words) =>
        Is(light, words, NoiseCheck.OfTimers(new([.. Enumerable.Repeat(0.1, 98), late, late], [])));

    [Theory]
    [InlineData(1.5, nameof(Light.Green), "up to 1.50 times their median of 2.0 ms")]
    [InlineData(1.6, nameof(Light.Red), "up to 1.60 times their median of 2.0 ms")]
    public void A_machine_that_computes_unevenly_is_noisy(double times, string light, string words) =>
        Is(light, words, NoiseCheck.OfProcessors(new([], [.. Enumerable.Repeat(2.0, 90), .. Enumerable.Repeat(2 * times, 10)])));

    [Fact]
    public void Noise_is_measured_at_every_instant()
    {
        var noise = Noise.Measure(TimeProvider.System, CancellationToken.None);

        Assert.Equal((400, 60), (noise.LateMs.Count, noise.LoopMs.Count));
        Assert.All(noise.LateMs.Concat(noise.LoopMs), ms => Assert.True(ms >= 0));
    }

    [Fact]
    public void Taken_ports_are_named_with_what_they_are_for()
    {
        var ports = PortPlan.From(PortPlan.DefaultBase);

        Is(nameof(Light.Green), "8000, 8001, 5054, 5053, 8080 are free", PlaceChecks.OfPorts(ports, _ => false));
        Is(nameof(Light.Red), "taken: 8001 (HTTP of service-b), 8080 (the stage)", PlaceChecks.OfPorts(ports, port => port is 8001 or 8080));
    }

    [Fact]
    public void A_disk_must_have_room_and_be_writable()
    {
        Is(nameof(Light.Green), "200 MB are free", PlaceChecks.OfDisk("reports", null, 200L << 20));
        Is(nameof(Light.Red), "199 MB are free in reports, 200 are wanted", PlaceChecks.OfDisk("reports", null, 199L << 20));
        Is(nameof(Light.Red), "reports cannot be written: read-only", PlaceChecks.OfDisk("reports", "read-only", 200L << 20));

        Assert.Null(PlaceChecks.Unwritable(Path.Combine(_folder, "new")));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_folder, "new")));
        Write("file", "");
        Assert.NotNull(PlaceChecks.Unwritable(Path.Combine(_folder, "file")));
    }

    [Fact]
    public void Curl_is_wanted_where_the_talk_types_it()
    {
        Assert.Equal(Light.Green, PlaceChecks.OfCurl("/usr/bin/curl", isNeeded: true).Light);
        Assert.Equal(Light.Red, PlaceChecks.OfCurl(null, isNeeded: true).Light);
        Assert.Equal(Light.Green, PlaceChecks.OfCurl(null, isNeeded: false).Light);
    }

    [Fact]
    public void A_browser_is_wanted()
    {
        Assert.Equal(Light.Green, PlaceChecks.OfBrowser("/usr/bin/chromium").Light);
        Assert.Equal(Light.Red, PlaceChecks.OfBrowser(null).Light);
    }

    static void Is(string light, string words, Finding finding)
    {
        Assert.Equal(light, $"{finding.Light}");
        Assert.Contains(words, finding.Reason, StringComparison.Ordinal);
        Assert.Equal(finding.Light == Light.Red, finding.Remedy is not null);
    }

    void Write(string path, string text)
    {
        var file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
