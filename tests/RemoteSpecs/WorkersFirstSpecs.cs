using Akka.Actor;
using TinyResilient.Shared.Hosting.Remoting;
using Xunit;

namespace RemoteSpecs;

/// <summary>
/// Who is put out of a cluster. Members are written as seen by one: A1 to A3 gateways, B1 to B3 workers, and behind those that
/// cannot be reached for how many seconds; it is 10 s after which one is put out.
/// </summary>
public class WorkersFirstSpecs
{
    [Theory]
    [InlineData("A1 B1 B2", "")]
    [InlineData("A1 B1:9 B2", "")]
    [InlineData("A1 B1:10 B2:9", "B1")]
    [InlineData("A1 B1:10 B2:11 B3:12", "B1 B2 B3")] // however many
    [InlineData("A1 A2 B1:10", "B1")]
    [InlineData("A1 A2:10 B1:10", "B1")] // one link is broken, or two: the worker goes first
    [InlineData("A1 A2:19", "")]
    [InlineData("A1 A2:20", "A2")]
    [InlineData("A1 A2:30 A3 B1:5", "A2")]
    public void The_first_gateway_puts_out_workers_first(string members, string puttingOut) => Assert.Equal(puttingOut, PutOut("A1", members));

    [Theory]
    [InlineData("A2", "A1 A2 B1:30", "")] // the first acts for all
    [InlineData("A2", "A1:10 A2 A3 B1:10", "B1")] // the first that is reached
    [InlineData("A2", "A1:20 A2 A3", "A1")]
    [InlineData("B1", "A1 B1 B2:60", "")] // workers decide nothing
    [InlineData("B1", "B1 B2:60", "")]
    public void One_member_decides(string self, string members, string puttingOut) => Assert.Equal(puttingOut, PutOut(self, members));

    [Theory]
    [InlineData("A2", "A1:10 A2 B1:10 B2", "")] // half without the first
    [InlineData("A2", "A1:29 A2 B1:29", "")]
    [InlineData("A2", "A1:30 A2 B1:40", "A2")]
    [InlineData("A3", "A1:40 A2:29 A3", "")]
    [InlineData("A3", "A1:40 A2:30 A3", "A3")]
    [InlineData("B1", "A1:29 B1", "")]
    [InlineData("B1", "A1:30 B1 B2 B3:99", "B1")]
    [InlineData("B1", "A1 A2:99 B1", "")]
    [InlineData("B1", "A1:99 A2 A3 B1", "")]
    public void Who_is_without_most_gateways_puts_nobody_out_and_at_last_ends(string self, string members, string puttingOut) =>
        Assert.Equal(puttingOut, PutOut(self, members));

    [Theory]
    [InlineData("B1", "A1:9 B1 B2", "")]
    [InlineData("B1", "A1:10 B1 B2", "B1")] // it may be that B2 cannot tell it anything
    [InlineData("B1", "A1:99 A2 A3 B1", "")]
    [InlineData("A2", "A1:10 A2 B1", "A2")]
    public void Who_is_without_most_gateways_before_it_is_up_ends_soon(string self, string members, string puttingOut) =>
        Assert.Equal(puttingOut, PutOut(self, members, isUp: false));

    static string PutOut(string self, string members, bool isUp = true) => string.Join(' ', WorkersFirst.PutOut(
        At(self), isUp, [.. members.Split(' ').Select(See)], TimeSpan.FromSeconds(10)).Select(address => address.Host.ToUpperInvariant()));

    static WorkersFirst.Seen See(string member) => member.Split(':') is [var name, .. var seconds] && seconds.Length > 0
        ? new(At(name), name[0] == 'A', TimeSpan.FromSeconds(double.Parse(seconds[0])))
        : new(At(member), member[0] == 'A', null);

    static Address At(string host) => new("akka.tcp", "tiny", host, 1);
}
