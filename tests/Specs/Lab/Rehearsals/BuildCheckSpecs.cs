using TinyResilient.Lab.Rehearsals;
using Xunit;

namespace Specs.Lab.Rehearsals;

public sealed class BuildCheckSpecs : IDisposable
{
    static readonly DateTime noon = new(2026, 11, 27, 12, 0, 0, DateTimeKind.Utc);

    readonly string _root = Directory.CreateTempSubdirectory("tiny-build-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void A_build_that_is_newer_than_every_source_is_green()
    {
        Project(built: noon, ("Program.cs", -1), ("obj/Made.cs", 5), ("notes.md", 5));

        var finding = Check();

        Assert.Equal((Light.Green, "0.1.0+abc, Debug, newer than every source"), (finding.Light, finding.Reason));
    }

    [Fact]
    public void A_build_that_is_older_than_a_source_is_red_and_names_it()
    {
        Project(built: noon, ("Program.cs", -1), ("page/app.js", 1));

        var finding = Check();

        Assert.Equal(Light.Red, finding.Light);
        Assert.Contains($"ServiceB is older than its source {Path.Combine("ServiceB", "page", "app.js")}", finding.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_built_is_red()
    {
        Project(built: null, ("Program.cs", -1));

        Assert.Contains("ServiceB is not built", Check().Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_sources_there_is_nothing_to_be_older_than() => Assert.Equal(Light.Green, BuildCheck.OfProgram("0.1.0", "Release", []).Light);

    [Fact]
    public void An_SDK_that_cannot_be_asked_is_red()
    {
        Assert.Equal(Light.Green, BuildCheck.OfSdk("10.0.100", "", ".NET 10").Light);
        Assert.Equal(Light.Red, BuildCheck.OfSdk(null, "there is no dotnet on the PATH", ".NET 10").Light);
    }

    [Fact]
    public void Sources_stand_beside_a_program_that_was_built_there()
    {
        File.WriteAllText(Path.Combine(_root, "TinyResilient.sln"), "");
        var build = Path.Combine("bin", "Debug", "net10.0");

        Assert.Equal((_root, build), Sources.Find(Path.Combine(_root, "Lab", build) + Path.DirectorySeparatorChar));
        Assert.Equal((null, ""), Sources.Find(Path.Combine(_root, "app", "Lab")));
    }

    Finding Check() => BuildCheck.OfProgram("0.1.0+abc", "Debug", [BuildCheck.Read(_root, "ServiceB", Path.Combine("bin", "Debug", "net10.0"))]);

    void Project(DateTime? built, params (string File, int Hours)[] sources)
    {
        foreach (var (file, hours) in sources)
            Write(file, noon.AddHours(hours));
        if (built is { } at)
            Write("bin/Debug/net10.0/ServiceB.dll", at);
    }

    void Write(string path, DateTime at)
    {
        var file = Path.Combine(_root, "ServiceB", path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "");
        File.SetLastWriteTimeUtc(file, at);
    }
}
