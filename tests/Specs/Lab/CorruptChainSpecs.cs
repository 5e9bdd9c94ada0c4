using System.Globalization;
using TinyResilient.Lab.Theory;
using Xunit;
using Files = Specs.Repository.Files;

namespace Specs.Lab;

public class CorruptChainSpecs
{
    static double At(int request, int retries, bool restart) =>
        CorruptChain.Success(8, 0.01, retries, restart, request)[^1];

    [Theory]
    [InlineData(500, 53.6, 73.7)]
    [InlineData(1_000, 28.7, 27.6)]
    [InlineData(2_000, 8.2, 1.5)]
    public void Retries_hide_it_at_first_and_then_kill_sooner(int request, double none, double two)
    {
        Assert.Equal(none, 100 * At(request, 0, restart: false), 1);
        Assert.Equal(two, 100 * At(request, 2, restart: false), 1);
    }

    [Fact]
    public void The_two_curves_cross_near_request_950()
    {
        var none = CorruptChain.Success(8, 0.01, 0, false, 2_000);
        var two = CorruptChain.Success(8, 0.01, 2, false, 2_000);
        Assert.InRange(Enumerable.Range(10, 1_990).First(n => two[n] < none[n]), 940, 970);
    }

    [Fact]
    public void A_restart_cures_it()
    {
        Assert.Equal(1 / 1.01, At(2_000, 0, restart: true), 12);
        Assert.InRange(At(2_000, 2, restart: true), 0.999999, 1);
    }

    [Theory]
    [InlineData(1, 0.2)]
    [InlineData(2, 0.3)]
    [InlineData(3, 0.5)]
    public void Without_retries_or_restart_each_worker_dies_by_itself(int workers, double q) =>
        Assert.Equal(Math.Pow(1 - q / workers, 20), At(workers, q, 21), 12);

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(2, false)]
    public void Agrees_with_following_every_course_that_a_few_requests_can_take(int retries, bool restart) =>
        Assert.Equal(
            Course(workers: 3, q: 0.2, corrupt: 0, retries, restart, requests: 6),
            CorruptChain.Success(3, 0.2, retries, restart, 6)[5],
            12);

    [Fact]
    public void Nothing_is_lost_where_nothing_corrupts_and_all_where_everything_does()
    {
        Assert.All(CorruptChain.Success(8, 0, 2, false, 100), success => Assert.Equal(1, success, 12));
        Assert.Equal([1, 0, 0], CorruptChain.Success(1, 1, 10, false, 3));
    }

    [Fact]
    public void The_table_is_the_approved_one() =>
        Assert.Equal(Files.Read("tests/Specs/Lab/corrupt-chain.txt"), Table());

    static double At(int workers, double q, int request) =>
        CorruptChain.Success(workers, q, 0, false, request)[^1];

    static double Course(
        int workers, double q, int corrupt, int retries, bool restart, int requests, int attempt = 0)
    {
        var met = (double)corrupt / workers;
        var isLast = requests == 1;
        double Next(int corruptThen) => Course(workers, q, corruptThen, retries, restart, requests - 1);
        var good = isLast ? 1 : q * Next(corrupt + 1 > workers ? workers : corrupt + 1) + (1 - q) * Next(corrupt);
        if (met == 0) return good;
        var left = restart ? corrupt - 1 : corrupt;
        var bad = attempt < retries
            ? Course(workers, q, left, retries, restart, requests, attempt + 1)
            : isLast ? 0 : Next(left);
        return met * bad + (1 - met) * good;
    }

    static string Table()
    {
        double[][] arms =
        [
            CorruptChain.Success(8, 0.01, 0, false, 2_000),
            CorruptChain.Success(8, 0.01, 2, false, 2_000),
            CorruptChain.Success(8, 0.01, 0, true, 2_000),
            CorruptChain.Success(8, 0.01, 2, true, 2_000),
        ];
        var lines = Enumerable.Range(0, 21).Select(step => Math.Max(1, step * 100)).Select(request =>
            $"{request,7}" + string.Concat(arms.Select(arm =>
                (100 * arm[request - 1]).ToString("F5", CultureInfo.InvariantCulture).PadLeft(20))));
        return "8 workers, 1 % corrupt; success in %\n"
            + "request          no retries           2 retries  restarted, no ret.  restarted, 2 retr.\n"
            + string.Join("\n", lines) + "\n";
    }
}
