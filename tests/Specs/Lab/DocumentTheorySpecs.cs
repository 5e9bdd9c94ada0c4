using System.Text.RegularExpressions;
using TinyResilient.Lab.Theory;
using Xunit;
using Files = Specs.Repository.Files;

namespace Specs.Lab;

// What the talk and the exercises call theory is computed here again, with the settings of their commands.
public partial class DocumentTheorySpecs
{
    static readonly string talk = Text("docs/talk.md"), exercises = Text("docs/exercises.md");

    [Fact]
    public void Retries_work_as_the_talk_says() =>
        Says(talk, $"Without retries {Percent(Errors.Success(0.3, 1))} succeed. With two retries 1 - 0.3³ = {100 * Errors.Success(0.3, 3):0.0} %, "
            + $"for {Errors.AttemptsPerRequest(0.3, 3):0.00} attempts");

    [Fact]
    public void A_breaker_alone_harms_as_the_talk_says()
    {
        var trip = BreakerTrap.AttemptsToTrip(0.5, 5);
        Says(talk, $"after {trip:0} requests in the mean, which is {BreakerTrap.SecondsClosed(0.5, 1, 5, 40):0.0} seconds at 40 requests/s");
        Says(talk, $"In the long run {Percent(BreakerTrap.Success(0.5, 1, 5, 5, 40))} succeed");
    }

    [Fact]
    public void The_four_cells_are_as_the_talk_says()
    {
        Says(talk, $"| no retries | {Cell(0, false, "0")} | {Cell(0, true, "0")} |");
        Says(talk, $"| two retries | {Cell(2, false, "0")} | {Cell(2, true, "0.0")} |");
        Says(talk, $"Restarted {Percent(CorruptChain.Success(8, 0.02, 0, true, 600).Average())}, fresh 100 %");

        static string Cell(int retries, bool restart, string format)
        {
            var success = CorruptChain.Success(8, 0.02, retries, restart, 1_200);
            return FormattableString.Invariant(
                $"{(100 * success.Take(600).Average()).ToString(format)} %, then {(100 * success.Skip(600).Average()).ToString(format)} %");
        }
    }

    [Fact]
    public void Half_of_the_workers_hang_when_the_talk_says() =>
        Says(talk, $"half of them are gone after {Hang.HalfLife(8, 0.02, 40):0} seconds");

    [Fact]
    public void Work_is_done_twice_as_often_as_the_talk_says() =>
        Says(talk, $"{10_000 * AckLost.DuplicatesPerRequest(0.1, 3):#,0} in 10,000 requests");

    [Fact]
    public void It_stays_down_where_the_talk_says()
    {
        const double capacity = 4 / 0.05;
        Says(talk, $"at most {capacity:0} requests/s");
        Says(talk, $"only loads up to {Metastable.Threshold(capacity, 2):0} requests/s are safe");
        var backlog = Metastable.Backlog(60, stall: 2, timeout: 0.5, pause: 0, attempts: 1);
        Says(talk, $"is gone {Metastable.RecoverySeconds(backlog, 60, capacity, 0.5, 1):0} seconds after the stall");
        Assert.Equal(double.PositiveInfinity, Metastable.RecoverySeconds(backlog, 60, capacity, 0.5, 2));
    }

    [Fact]
    public void As_much_is_under_way_as_the_talk_says() =>
        Says(talk, $"{NodeDeath.InFlight(20 * Errors.AttemptsPerRequest(0.3, 3), 0.43):0} attempts at 20 requests/s");

    [Fact]
    public void The_exercises_say_what_theory_says()
    {
        Says(exercises, $"Two retries give {100 * Errors.Success(0.3, 3):0.0} %, four {100 * Errors.Success(0.3, 5):0.0} %, six {100 * Errors.Success(0.3, 7):0.00} %");
        Says(exercises, $"{Errors.AttemptsPerRequest(0.3, 7):0.00} attempts per request");
        Says(exercises, $"once in {BreakerTrap.AttemptsToTrip(0.3, 5):0} attempts");
        Says(exercises, $"1 - 0.1³ = {100 * Errors.Success(0.1, 3):0.0} %");
        Says(exercises, $"0.75 x {100 * Errors.Success(0.3, 3):0.0} % = {Percent(0.75 * Errors.Success(0.3, 3))}");
        Says(exercises, $"red {0.75 * Errors.AttemptsPerRequest(0.3, 3) + 0.25 * 3:0.00} ± 0.032, "
            + $"with one retry {0.75 * Errors.AttemptsPerRequest(0.3, 2) + 0.25 * 2:0.00} ± 0.018, green {0.75 * Errors.AttemptsPerRequest(0.3, 3) + 0.25:0.00} ± 0.021");
        Says(exercises, $"0.12² = {100 * 0.12 * 0.12:0.0} %");
    }

    [Theory]
    [InlineData(240, 0.3, 2, true, 1e-30)] // 1: red
    [InlineData(240, 0.0002187, 2, false, 1 / 40_000.0)] // 1: green, 0.3^7
    [InlineData(240, 0.2, 12, true, 1e-10)] // 2: red
    [InlineData(240, 0.008, 12, false, 1e-6)] // 2: green, 0.2^3
    [InlineData(185, 0.1, 3, true, 1e-5)] // 3: red
    [InlineData(200, 0.001, 10, false, 1e-10)] // 3: green, 0.1^3
    [InlineData(400, 0.72975, 247, true, 1 / 500_000.0)] // 4: green, 0.75 (1 - 0.3^3)
    [InlineData(400, 0.12, 20, true, 1 / 700_000.0)] // 5: red
    [InlineData(400, 0.0144, 20, false, 1e-6)] // 5: green, 0.12^2
    public void Chance_decides_an_exercise_as_rarely_as_it_says(int requests, double probability, int limit, bool isAtMost, double mostOften)
    {
        var atMost = AtMost(limit, requests, probability);
        Assert.InRange(isAtMost ? atMost : 1 - atMost, -1e-12, mostOften);
    }

    static double AtMost(int limit, int requests, double probability)
    {
        var (chance, sum) = (Math.Pow(1 - probability, requests), 0.0);
        for (var hits = 0; hits <= limit; hits++)
        {
            sum += chance;
            chance *= (requests - hits) / (hits + 1.0) * probability / (1 - probability);
        }
        return sum;
    }

    static void Says(string document, FormattableString words) => Says(document, FormattableString.Invariant(words));

    static void Says(string document, string words) => Assert.Contains(words, document, StringComparison.Ordinal);

    static string Percent(double share) => FormattableString.Invariant($"{100 * share:0} %");

    static string Text(string document) => Space().Replace(Files.Read(document), " ");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
