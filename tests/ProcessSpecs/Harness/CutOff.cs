using System.Diagnostics;
using Xunit;

namespace ProcessSpecs.Harness;

/// <summary>
/// A network of its own for programs of a spec: a namespace with one cable to ours, which can be cut without a word to either end.
/// Where that is not permitted it says what it needs.
/// </summary>
sealed class CutOff : IDisposable
{
    const string Nobody = "02:00:00:00:00:01";

    readonly string name = $"tiny{Environment.ProcessId}";

    public CutOff()
    {
        // A pair of addresses for each process, from the block for tests between networks (RFC 2544)
        var (third, fourth) = (Environment.ProcessId / 64 % 256, Environment.ProcessId % 64 * 4);
        (Here, There) = ($"198.18.{third}.{fourth + 1}", $"198.18.{third}.{fourth + 2}");
        Ip($"netns add {name}");
        Ip($"link add {name}a type veth peer name {name}b netns {name}");
        Ip($"addr add {Here}/30 dev {name}a");
        Ip($"link set {name}a up");
        Ip($"-n {name} addr add {There}/30 dev {name}b");
        Ip($"-n {name} link set {name}b up");
        Ip($"-n {name} link set lo up");
    }

    /// <summary>Address of our end of the cable, and of the one inside.</summary>
    public string Here { get; }
    public string There { get; }

    /// <summary>What to put before a program that is to run inside.</summary>
    public string[] Inside => ["ip", "netns", "exec", name];

    /// <summary>From now on each end knows the other by an address that nobody has: what it sends is lost without a word.</summary>
    public void Cut()
    {
        Ip($"neigh replace {There} lladdr {Nobody} nud permanent dev {name}a");
        Ip($"-n {name} neigh replace {Here} lladdr {Nobody} nud permanent dev {name}b");
    }

    public void Heal()
    {
        Ip($"neigh del {There} dev {name}a");
        Ip($"-n {name} neigh del {Here} dev {name}b");
    }

    /// <summary>What is sent from inside to this port is lost without a word; everything else goes on.</summary>
    public void CutFrom(int port) => Ip($"-n {name} rule add blackhole ipproto tcp dport {port}");

    public void HealFrom(int port) => Ip($"-n {name} rule del blackhole ipproto tcp dport {port}");

    public void Dispose()
    {
        Ip($"link delete {name}a"); // at once; with its namespace it would go some time later
        Ip($"netns delete {name}");
    }

    static void Ip(string arguments)
    {
        using var ip = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true })!;
        var complaint = ip.StandardError.ReadToEnd().Trim();
        ip.WaitForExit();
        Assert.True(ip.ExitCode == 0, $"ip {arguments}: {complaint}. This spec {NetworkFactAttribute.Needs}");
    }
}
