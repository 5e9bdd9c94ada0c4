using TinyResilient.Lab.Peers;
using TinyResilient.Lab.Scenarios;
using Xunit;

namespace Specs.Lab.Peers;

public class ContestSpecs
{
    // What the services behind everybody are told; all else is told to who stands in front of them.
    static readonly string[] ofServiceB =
    [
        "FAILURE_RATE", "BASE_LATENCY_MS", "MAX_LATENCY_MS", "WORKERS", "QUEUE_LIMIT", "ACTOR_SUPERVISION", "HTTP_SUPERVISION", "HANG_AFTER_MS",
        "EXPIRY_MARGIN",
    ];

    internal static readonly string[] All = ["errors", "hang", "metastable", "one-bad-node"];

    public static TheoryData<string> Names => [.. All];

    [Theory, MemberData(nameof(Names))]
    public void Everybody_meets_the_same_fault_load_and_ServiceB_alone(string name)
    {
        var arms = Arms(name);
        Assert.Equal([Contest.LaneActor, Contest.LaneHttp, Contest.Standard, "HAProxy", "nginx"], arms.Select(arm => arm.Name));
        Assert.All(arms, arm =>
        {
            Assert.Single(arm.Lanes);
            Assert.Equal((arms[0].Rate, arms[0].Seconds, arms[0].Faults.Count, arms[0].NodeFaults.Count), (arm.Rate, arm.Seconds, arm.Faults.Count, arm.NodeFaults.Count));
            Assert.All(ofServiceB, knob => Assert.Equal(arms[0].Knobs.GetValueOrDefault(knob), arm.Knobs.GetValueOrDefault(knob)));
        });
    }

    [Theory, MemberData(nameof(Names))]
    public void Proxies_have_the_attempts_and_the_timeout_of_the_tuned_lanes_and_the_standard_handler_none_of_them(string name)
    {
        var arms = Arms(name);
        Assert.All(arms.Where(arm => arm.Name != Contest.Standard), arm => Assert.Equal(
            (2, arms[0].Knobs["REQUEST_TIMEOUT_S"]), (arm.Knobs["MAX_RETRIES"], arm.Knobs["REQUEST_TIMEOUT_S"])));
        Assert.Equal("standard", arms.Single(arm => arm.Name == Contest.Standard).Knobs["HTTP_PIPELINE"]);
        Assert.All(arms.Where(arm => arm.Name != Contest.Standard), arm => Assert.False(arm.Knobs.ContainsKey("HTTP_PIPELINE")));
    }

    [Theory]
    [InlineData("eror", "eror is no scenario; did you mean errors?")]
    [InlineData("corrupt", "corrupt is not compared with peers; there are errors, hang, metastable, one-bad-node")]
    [InlineData("gremlins", "gremlins is no scenario; peers compares errors, hang, metastable, one-bad-node")]
    public void A_name_that_is_none_of_them_is_said_with_what_was_meant(string name, string line)
    {
        Assert.Null(Contests.Find(Contests.With([]), name));
        Assert.Equal(line, Contests.Unknown(name));
    }

    [Fact]
    public void Who_is_not_installed_is_left_out() =>
        Assert.Equal(["nginx"], Contests.With([Proxy.Nginx])[0].Arms(Values.Of(Contests.With([])[0], [], [])).Skip(3).Select(arm => arm.Name));

    [Fact]
    public void What_is_missing_is_one_line_with_its_package()
    {
        if (!OperatingSystem.IsWindows())
            Assert.Equal("HAProxy is left out: there is no program haproxy (Debian package haproxy)", Proxy.HaProxy.LeftOut);
    }

    internal static IReadOnlyList<Arm> Arms(string name)
    {
        var contest = Contests.Find(Contests.With(Proxy.All), name)!;
        return contest.Arms(Values.Of(contest, [], []));
    }
}
