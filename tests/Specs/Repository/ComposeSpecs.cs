using System.Text.RegularExpressions;
using TinyResilient.ServiceA;
using TinyResilient.ServiceB;
using TinyResilient.Shared.Hosting;
using Xunit;

namespace Specs.Repository;

/// <summary>What must stay true of docker-compose.yml and its images, whatever else is changed in them.</summary>
public class ComposeSpecs
{
    static readonly string compose = Read("docker-compose.yml");
    static readonly string dockerfile = Read("Dockerfile");

    public static TheoryData<string, IReadOnlyList<Knob>> Services => new()
    {
        { "service-a", [.. GatewayKnobs.All, .. GatewayKnobs.OfOneLane] },
        { "service-b", WorkKnobs.All },
        { "service-b-node", WorkKnobs.All },
    };

    [Fact]
    public void Only_http_is_published_and_on_this_machine_only()
    {
        Assert.Equal(["127.0.0.1:8000:8000"], Published("service-a"));
        Assert.Equal(["127.0.0.1:8001:8001"], Published("service-b"));
        Assert.Empty(Published("service-b-node"));
        Assert.Empty(Published("loadtest"));
        Assert.Equal(["127.0.0.1:8080:8080"], Published("lab"));
        Assert.Equal(["127.0.0.1:9090:9090"], Published("prometheus"));
        Assert.Equal(["127.0.0.1:3000:3000"], Published("grafana"));
        Assert.Equal(5, Regex.Count(compose, @"\bports:"));
        Assert.DoesNotContain("network_mode", compose, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("service-a")]
    [InlineData("service-b")]
    [InlineData("service-b-node")]
    [InlineData("loadtest")]
    [InlineData("lab")]
    [InlineData("prometheus")]
    [InlineData("grafana")]
    public void A_container_may_write_nothing_and_gain_no_right(string service)
    {
        var container = Service(service);
        Assert.Contains("read_only: true", container, StringComparison.Ordinal);
        Assert.Contains("cap_drop: [ALL]", container, StringComparison.Ordinal);
        Assert.Contains("no-new-privileges:true", container, StringComparison.Ordinal);
        Assert.Contains("max-size:", container, StringComparison.Ordinal);
        Assert.DoesNotContain("privileged", container, StringComparison.Ordinal);
        Assert.DoesNotContain("user: 0", container, StringComparison.Ordinal);
        Assert.DoesNotContain("user: root", container, StringComparison.Ordinal);
    }

    [Fact]
    public void The_image_of_the_load_test_has_every_file_that_it_compiles_from_elsewhere()
    {
        var files = Regex.Matches(Read("LoadTest/LoadTest.csproj"), @"Compile Include=""\.\./(.+/)(.+?)""");
        Assert.NotEmpty(files);
        Assert.All(files.Select(file => (Folder: file.Groups[1].Value, Name: file.Groups[2].Value)), file =>
            Assert.Contains($"COPY {file.Folder}{file.Name} {file.Folder}\n", dockerfile, StringComparison.Ordinal));
    }

    [Fact]
    public void The_lab_may_write_reports_and_nothing_else()
    {
        Assert.Contains("""volumes: ["./reports:/reports"]""", Service("lab"), StringComparison.Ordinal);
        Assert.Contains("TINY_REPORTS: /reports", Service("lab"), StringComparison.Ordinal);
        Assert.Single(Mounts(), mount => !mount.EndsWith(":ro", StringComparison.Ordinal));
    }

    [Fact]
    public void Prometheus_and_Grafana_only_come_when_they_are_asked_for_and_read_the_files_of_the_repository()
    {
        foreach (var service in (string[])["prometheus", "grafana"])
        {
            Assert.Contains("profiles: [observability]", Service(service), StringComparison.Ordinal);
            Assert.Contains("mem_limit:", Service(service), StringComparison.Ordinal);
            Assert.Matches(@"image: [\w/]+:v?\d+\.\d+\.\d+\n", Service(service));
        }
        var files = Mounts().Where(mount => mount.EndsWith(":ro", StringComparison.Ordinal)).Select(mount => mount.Split(':')[0][2..]).ToList();
        Assert.Equal(["observability/grafana/dashboards", "observability/grafana/datasources", "observability/prometheus"], files.Order());
        Assert.All(files, folder => Assert.True(Files.Exist(folder), folder));
        Assert.Contains("ANONYMOUS_ENABLED: \"true\"", Service("grafana"), StringComparison.Ordinal);
        Assert.Contains("DISABLE_INITIAL_ADMIN_CREATION: \"true\"", Service("grafana"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("service-a", "ServiceA")]
    [InlineData("service-b", "ServiceB")]
    [InlineData("service-b-node", "ServiceB")]
    [InlineData("lab", "Lab")]
    public void A_service_is_checked_limited_and_given_time_to_stop(string service, string project)
    {
        var container = Service(service);
        Assert.Contains($"""test: ["CMD", "dotnet", "{project}.dll", "--check-health"]""", container, StringComparison.Ordinal);
        Assert.Contains("mem_limit:", container, StringComparison.Ordinal);
        Assert.Contains("restart: on-failure", container, StringComparison.Ordinal);
        Assert.Matches("stop_grace_period: (3[1-9]|[4-9][0-9])s", container);
    }

    [Fact]
    public void Nobody_starts_before_those_it_needs_are_healthy()
    {
        Assert.Contains("service-b: { condition: service_started }", Service("service-a"), StringComparison.Ordinal);
        Assert.Contains("service-a: { condition: service_healthy }", Service("loadtest"), StringComparison.Ordinal);
        Assert.Contains("service-a: { condition: service_healthy }", Service("service-b-node"), StringComparison.Ordinal);
        Assert.Contains("profiles: [cluster]", Service("service-b-node"), StringComparison.Ordinal);
        Assert.Contains("profiles: [loadtest]", Service("loadtest"), StringComparison.Ordinal);
        Assert.Contains("service-a: { condition: service_healthy }", Service("lab"), StringComparison.Ordinal);
        Assert.DoesNotContain("profiles:", Service("lab"), StringComparison.Ordinal);
        Assert.Contains("command: [stage]", Service("lab"), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Services))]
    public void Every_knob_is_handed_on_from_the_caller_without_a_default(string service, IReadOnlyList<Knob> knobs)
    {
        string[] settings = ["CONTROL_TOKEN", "LOG_LEVEL", "LOG_FORMAT", "CLUSTER_DOWN_AFTER_S"];
        var handedOn = Regex.Matches(Service(service), @"^ +([A-Z_]+):\r?$", RegexOptions.Multiline)
            .Select(match => match.Groups[1].Value);
        Assert.Equal(knobs.Select(knob => knob.Name).Concat(settings).Order(), handedOn.Order());
    }

    [Theory, MemberData(nameof(Services))]
    public void What_the_other_service_reads_is_no_slip_of_the_hand(string service, IReadOnlyList<Knob> knobs)
    {
        var environment = new EnvironmentReader(_ => null);
        ServiceSettings.Read(environment, new(service, HttpPort: 8000, RemotePort: 5054));
        KnobStore.Read(knobs, environment);
        string[] more = ["SERVICE_B", "SERVICE_B_URL"];
        if (service == "service-a") UpstreamSettings.Read(environment);
        Assert.Empty(environment.Misspelt([.. GatewayKnobs.All.Concat(GatewayKnobs.OfOneLane).Concat(WorkKnobs.All).Select(knob => knob.Name), .. more]));
    }

    [Fact]
    public void The_seven_basic_knobs_are_among_them()
    {
        string[] basic =
        [
            "BASE_LATENCY_MS", "COOL_DOWN_SECONDS", "FAILURE_RATE", "FAILURE_THRESHOLD", "MAX_LATENCY_MS", "MAX_RETRIES",
            "REQUEST_TIMEOUT_S",
        ];
        var knobs = GatewayKnobs.All.Concat(WorkKnobs.All).Where(knob => knob.Level == KnobLevel.Basic);
        Assert.Equal(basic, knobs.Select(knob => knob.Name).Order());
    }

    [Theory, MemberData(nameof(Services))]
    public void The_settings_inside_are_readable(string service, IReadOnlyList<Knob> _)
    {
        var settings = Regex.Matches(Service(service), @"^ +([A-Z_]+): (\S+)\r?$", RegexOptions.Multiline)
            .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        var environment = new EnvironmentReader(name => settings.GetValueOrDefault(name));
        var read = ServiceSettings.Read(environment, new(service, HttpPort: 8000, RemotePort: 5054));
        var upstream = UpstreamSettings.Read(environment);

        Assert.Empty(environment.Errors);
        Assert.Equal(service == "service-b-node" ? System.Net.Dns.GetHostName() : service, read.RemotePublicHost);
        Assert.Equal(["service-a:5054", "service-b:5053"], read.Cluster!.Seeds.Select(seed => $"{seed}"));
        if (service == "service-a")
        {
            Assert.Equal("service-b:5053", Assert.Single(upstream.Nodes).ToString());
            Assert.Equal("http://service-b:8001/", Assert.Single(upstream.Urls).ToString());
        }
    }

    [Fact]
    public void No_image_of_ours_has_a_name_that_a_registry_could_answer_to()
    {
        foreach (var service in (string[])["service-a", "service-b", "service-b-node", "loadtest", "lab"])
            Assert.DoesNotContain("image:", Service(service), StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(compose, "^ +image:", RegexOptions.Multiline));
    }

    [Fact]
    public void Images_are_chiseled_and_run_without_rights()
    {
        var stages = Regex.Split(dockerfile, "^(?=FROM )", RegexOptions.Multiline)
            .Where(stage => Regex.IsMatch(stage, "^FROM mcr.microsoft.com/dotnet/(aspnet|runtime):")).ToList();
        Assert.Equal(2, stages.Count);
        Assert.All(stages, stage =>
        {
            Assert.Matches("^FROM [^ ]+-chiseled AS ", stage);
            Assert.Contains("USER $APP_UID", stage, StringComparison.Ordinal);
        });
        Assert.DoesNotContain("USER root", dockerfile, StringComparison.Ordinal);
    }

    [Fact]
    public void Packages_are_restored_from_lock_files_before_any_source_is_copied()
    {
        var restores = Regex.Matches(dockerfile, @"dotnet restore (\w+)(.*?)(?= &&|\r?$)", RegexOptions.Multiline);
        Assert.Equal(["Lab", "LoadTest", "ServiceA", "ServiceB"], restores.Select(match => match.Groups[1].Value).Order());
        Assert.All(restores, match => Assert.Contains("--locked-mode", match.Groups[2].Value, StringComparison.Ordinal));
        foreach (var project in (string[])["Shared.Messages", "Shared.Hosting", "ServiceA", "ServiceB", "LoadTest", "Lab"])
        {
            Assert.Contains($"COPY {project}/*.csproj {project}/packages.lock.json {project}/", dockerfile, StringComparison.Ordinal);
            Assert.Contains($"!{project}\n", Read(".dockerignore").ReplaceLineEndings("\n"), StringComparison.Ordinal);
        }
    }

    static List<string> Published(string service) =>
        [.. Regex.Matches(Service(service), """ports: \["([^"]*)"\]""").Select(match => match.Groups[1].Value)];

    static List<string> Mounts() => [.. Regex.Matches(compose, """["' ](\./[^"\s]+:/[^"\s]+)""").Select(match => match.Groups[1].Value)];

    /// <summary>A service's lines, with those that it takes over by <c>&lt;&lt;: *name</c> in place.</summary>
    static string Service(string name) => Merge(Block(compose, $"^  {name}:"));

    static string Merge(string block) => Regex.Replace(block, @"<<: \[?(\*\w+(?:, \*\w+)*)\]?", match => string.Join('\n',
        match.Groups[1].Value.Split(", ").Select(name => Merge(Block(compose, $@"^ *[\w-]+: &{name[1..]}\b")))));

    /// <summary>The line that matches, and the deeper ones below it.</summary>
    static string Block(string text, string start)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        var first = Array.FindIndex(lines, line => Regex.IsMatch(line, start));
        Assert.True(first >= 0, $"docker-compose.yml has nothing like {start}");
        var depth = Depth(lines[first]);
        return string.Join('\n', lines.Skip(first + 1).TakeWhile(line => line.Trim() == "" || Depth(line) > depth));
    }

    static int Depth(string line) => line.Length - line.TrimStart().Length;

    static string Read(string file)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "TinyResilient.sln")))
            folder = folder.Parent;
        Assert.NotNull(folder);
        return File.ReadAllText(Path.Combine(folder.FullName, file));
    }
}
