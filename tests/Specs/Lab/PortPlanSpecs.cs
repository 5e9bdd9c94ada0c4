using TinyResilient.Lab.Processes;
using Xunit;

namespace Specs.Lab;

public class PortPlanSpecs
{
    [Fact]
    public void The_default_base_has_the_documented_ports() =>
        Assert.Equal(new PortPlan(HttpA: 8000, HttpB: 8001, RemoteA: 5054, RemoteB: 5053, HttpLab: 8080), PortPlan.From(8000));

    [Theory]
    [InlineData(9000)]
    [InlineData(1)]
    [InlineData(65531)]
    public void Any_other_base_is_the_first_of_five_ports_in_a_row(int portBase) =>
        Assert.Equal([portBase, portBase + 1, portBase + 2, portBase + 3, portBase + 4], Ports(portBase));

    [Fact]
    public void Two_labs_five_ports_apart_share_none()
    {
        List<int> ports = [.. Ports(8000), .. Ports(9000), .. Ports(9005)];

        Assert.Equal(ports.Count, ports.Distinct().Count());
    }

    [Fact]
    public void Nothing_is_said_while_all_ports_are_free() =>
        Assert.Null(PortPlan.From(8000).Complaint(_ => false));

    [Theory]
    [InlineData(8000, "HTTP of service-a")]
    [InlineData(8001, "HTTP of service-b")]
    [InlineData(5054, "remoting of service-a")]
    [InlineData(5053, "remoting of service-b")]
    [InlineData(8080, "the stage")]
    public void A_taken_port_is_named_with_its_service_and_the_way_out(int taken, string purpose) =>
        Assert.Equal(
            $"Port {taken} ({purpose}) is taken: choose other ports with --port-base, e.g. --port-base 9000.",
            PortPlan.From(8000).Complaint(port => port == taken));

    [Fact]
    public void The_way_out_is_never_a_port_that_does_not_exist()
    {
        var complaint = PortPlan.From(PortPlan.LastBase).Complaint(_ => true);

        Assert.EndsWith("--port-base 64531.", complaint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8000, new[] { 8000, 8001, 5054, 5053, 8080, 8002, 5055, 8003, 5056 })]
    [InlineData(9000, new[] { 9000, 9001, 9002, 9003, 9004, 9005, 9006, 9007, 9008 })]
    public void Further_nodes_have_ports_after_the_others(int portBase, int[] ports) =>
        Assert.Equal(ports, (PortPlan.From(portBase) with { Nodes = 3 }).Needed.Select(needed => needed.Port));

    [Fact]
    public void As_many_nodes_as_there_may_be_share_no_port()
    {
        var ports = (PortPlan.From(8000) with { Nodes = Service.MostNodes }).Needed.Select(needed => needed.Port).ToList();
        Assert.Equal(ports.Count, ports.Distinct().Count());
    }

    [Fact]
    public void Nodes_without_room_are_refused_in_one_line()
    {
        Assert.Null((PortPlan.From(8000) with { Nodes = Service.MostNodes }).NoRoom);
        Assert.Equal("--nodes 3 needs ports up to 65538: choose lower ones with --port-base.", (PortPlan.From(65530) with { Nodes = 3 }).NoRoom);
    }

    [Fact]
    public void Several_nodes_are_a_cluster_and_one_is_none_whatever_the_caller_has_set()
    {
        var ports = PortPlan.From(9000) with { Nodes = 3 };
        Assert.All(Service.With(3), service => Assert.Equal("127.0.0.1:9002,127.0.0.1:9003", service.Environment(ports)["CLUSTER_SEEDS"]));
        Assert.Equal(["service-a", "service-b", "service-b-2", "service-b-3"], Service.With(3).Select(service => service.Name));
        Assert.Equal(("", ""), (Service.A.Environment(PortPlan.From(9000))["CLUSTER_SEEDS"], Service.A.Environment(PortPlan.From(9000))["CLUSTER_DOWN_AFTER_S"]));
    }

    [Fact]
    public void Each_service_is_told_its_own_ports_and_A_is_told_where_B_is()
    {
        var a = Service.A.Environment(PortPlan.From(9000));
        var b = Service.B.Environment(PortPlan.From(9000));

        Assert.Equal(("9000", "9002"), (a["HTTP_PORT"], a["REMOTE_PORT"]));
        Assert.Equal(("9001", "9003"), (b["HTTP_PORT"], b["REMOTE_PORT"]));
        Assert.Equal(("127.0.0.1:9003", "http://127.0.0.1:9001"), (a["SERVICE_B"], a["SERVICE_B_URL"]));
    }

    [Fact]
    public void Both_services_stay_on_loopback_and_end_with_the_lab() =>
        Assert.All(Service.All.Select(service => service.Environment(PortPlan.From(8000))), environment =>
        {
            Assert.Equal("127.0.0.1", environment["HTTP_BIND"]);
            Assert.Equal("127.0.0.1", environment["REMOTE_BIND"]);
            Assert.Equal("127.0.0.1", environment["REMOTE_PUBLIC_HOST"]);
            Assert.Equal("true", environment["EXIT_WITH_PARENT"]);
        });

    static IEnumerable<int> Ports(int portBase) => PortPlan.From(portBase).Needed.Select(needed => needed.Port);
}
