using TinyResilient.Lab.Commands;
using TinyResilient.Lab.Processes;
using Xunit;

namespace Specs.Lab;

public class SignalTargetSpecs
{
    static readonly ProcessIdentity lab = new(100, "lab's start");
    static readonly ProcessIdentity b = new(102, "b's start");
    static readonly LabProcesses written = new(lab, new Dictionary<string, ProcessIdentity> { ["service-b"] = b });

    [Fact]
    public void A_process_that_the_lab_started_and_that_still_runs_may_be_signalled() =>
        Assert.Equal(102, Find(written, running: [lab, b]).Pid);

    [Fact]
    public void A_process_that_only_has_the_same_number_is_left_alone() =>
        Assert.Null(Find(written, running: [lab, b with { Started = "later" }]).Pid);

    [Fact]
    public void Without_a_lab_the_way_to_start_one_is_told() =>
        Assert.Equal("No lab of tiny up runs on port 8000; start one with: tiny up", Find(null).Complaint);

    [Fact]
    public void A_lab_on_other_ports_is_named_with_them() =>
        Assert.Equal("No lab of tiny up runs on port 9000; start one with: tiny up --port-base 9000",
            Find(null, portBase: 9000).Complaint);

    [Fact]
    public void A_file_that_a_killed_lab_left_behind_is_recognised() =>
        Assert.Equal("The lab on port 8000 is gone; start one with: tiny up", Find(written).Complaint);

    [Theory]
    [InlineData("kill", "service-b", 8000, "; the same in Docker: docker compose kill service-b")]
    [InlineData("unpause", "service-a", 8000, "; the same in Docker: docker compose unpause service-a")]
    [InlineData("kill", "service-b-2", 8000, "")]
    [InlineData("kill", "service-b", 9000, "")]
    public void Where_no_lab_is_ours_what_docker_compose_calls_it_is_told(string verb, string service, int portBase, string end)
    {
        var inDocker = ProcessCommands.InDocker(verb, service, portBase);
        var option = portBase == 8000 ? "" : $" --port-base {portBase}";

        Assert.EndsWith($"start one with: tiny up{option}{end}", SignalTarget.Find(null, service, portBase, _ => false, inDocker).Complaint, StringComparison.Ordinal);
        Assert.EndsWith($"start one with: tiny up{option}{end}", SignalTarget.Find(written, service, portBase, _ => false, inDocker).Complaint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_service_that_is_about_to_be_started_again_is_recognised()
    {
        const string complaint = "service-b is not running; the lab on port 8000 is about to start it again";

        Assert.Equal(complaint, Find(written, running: [lab]).Complaint);
        Assert.Equal(complaint, Find(
            written with { Services = new Dictionary<string, ProcessIdentity>() }, running: [lab]).Complaint);
    }

    [Fact]
    public void A_node_that_the_lab_does_not_keep_is_told() => Assert.Equal(
        "The lab on port 8000 has no service-b-3; start one with: tiny up --nodes 3",
        SignalTarget.Find(written with { Nodes = 2 }, "service-b-3", 8000, new[] { lab, b }.Contains).Complaint);

    static SignalTarget Find(LabProcesses? processes, int portBase = 8000, params ProcessIdentity[] running) =>
        SignalTarget.Find(processes, "service-b", portBase, running.Contains);
}
