using System.Globalization;
using TinyResilient.Lab.Reports;
using TinyResilient.Lab.Results;
using TinyResilient.Lab.Scenarios;
using TinyResilient.Lab.Theory;
using TinyResilient.ServiceA;
using TinyResilient.ServiceA.Upstream;
using TinyResilient.ServiceB;
using TinyResilient.Shared.Hosting;
using TinyResilient.Shared.Messages;
using Xunit;
using Errors = TinyResilient.Lab.Theory.Errors;
using Files = Specs.Repository.Files;

namespace Specs.Lab;

// The numbers of the README: computed again, counted, or those of the table beside its pictures.
public partial class DocumentTheorySpecs
{
    static readonly string readme = Text("README.md"), decide = Text("docs/decide.md");
    static readonly IReadOnlyList<string> ordinals = ["no", "one", "two", "three", "four", "five", "six", "seven"];

    [Fact]
    public void The_first_screen_is_about_the_services_as_they_start()
    {
        var work = WorkKnobs.From(KnobValues.Defaults(WorkKnobs.All));
        var gateway = GatewayKnobs.From(KnobValues.Defaults(GatewayKnobs.All), Names.ActorLane);
        var f = TinyResilient.LoadTest.Theory.AttemptFailure(
            work.FailureRate, work.BaseLatency.TotalMilliseconds, work.MaxLatency.TotalMilliseconds, gateway.RequestTimeout.TotalMilliseconds);
        var attempts = 1 + gateway.MaxRetries;
        var sent = (long)Math.Round(20 * 10 * Errors.AttemptsPerRequest(f, attempts));
        Assert.Equal(2, gateway.MaxRetries);
        Says(readme, $"About {10 * f:0} in 10 attempts fail, and the gateway tries twice more");
        Says(readme, $"theory says {100 * Errors.Success(f, attempts):0.0} %; about {Percent(TinyResilient.LoadTest.Theory.TripChance(f, gateway.FailureThreshold, sent))} of runs like this one");
        Says(readme, $"about {Percent(Errors.Success(f, attempts))} succeed although {Percent(f)} of the attempts fail. 1 - 0.3³ = {100 * Errors.Success(f, attempts):0.0} %, "
            + $"for {Errors.AttemptsPerRequest(f, attempts):0.00} attempts");
    }

    [Fact]
    public void What_falls_on_stage_falls_as_the_readme_says()
    {
        var falling = CorruptChain.Success(8, 0.02, 2, restart: false, 2 * 15 * 40);
        Says(readme, $"now {Percent(0.02)} of the requests spoil");
        Says(readme, $"stays at {Percent(CorruptChain.Success(8, 0.02, 2, restart: true, 1_200).Average())}; the other one falls to "
            + $"{Percent(falling.Take(600).Average())}, then to {Percent(falling.Skip(600).Average())}");
    }

    [Fact]
    public void What_the_readme_counts_there_are_as_many_of()
    {
        Says(readme, $"Each of the {(Catalogue.All.Count == 17 ? "seventeen" : $"{Catalogue.All.Count}")} scenarios");
        Says(readme, $"in {ordinals[Count("docs/talk.md", "\n## Act ")]} acts");
        Says(readme, $"{ordinals[Count("docs/exercises.md", "\n## ") - 1]} claims that are red");
        Says(readme, $"{Math.Round(Count("ServiceA/Http/HttpPipeline.cs", "\n") / 10.0) * 10:0} lines of Polly");

        static int Count(string file, string what) => Files.Read(file).ReplaceLineEndings("\n").Split(what).Length - 1;
    }

    [Fact]
    public void The_talk_gives_a_connection_up_when_the_gateway_does() =>
        Says(talk, $"After a pause of more than {ordinals[(int)ConnectionActor.SilenceLimit.TotalSeconds]} seconds the connection itself is given up");

    [Fact]
    public void The_readme_and_decide_speak_of_the_defaults_of_a_scenario() =>
        Says(decide, $"at {Percent(Default("breaker-trap", "f"))} failures it opens by chance");

    // The four giant numbers, from the table of the same run.
    [Fact]
    public void The_pictures_of_corrupt_show_the_table_beside_them()
    {
        var (square, table) = (Files.Read("docs/run/corrupt-2x2.svg"), Table("docs/run/corrupt.csv"));
        Says(square, $"{table.Select(row => row["seed"]).Distinct().Count()} seeds (1 to ");
        foreach (var arm in (string[])["no retries, not restarted", "no retries, restarted", "retries, not restarted", "retries, restarted"])
            Says(square, $">{Numbers.Giant(100 * Mean(table, arm, Measure.LateSuccess), "%")}<tspan");
    }

    [Fact]
    public void What_the_readme_tells_of_the_run_is_in_its_table()
    {
        var table = Table("docs/run/corrupt.csv");
        Says(readme, $"came to {Percent(Of("liveness probe restarts the process"))} in that run, a restart of the worker to {Percent(Of("no retries, restarted"))}");

        double Of(string arm) => table.Where(row => row["arm"] == arm).Average(row => double.Parse(row[Measure.Success], CultureInfo.InvariantCulture));
    }

    [Fact]
    public void The_picture_of_metastable_shows_the_table_beside_it()
    {
        var (curves, table) = (Files.Read("docs/run/metastable.svg"), Table("docs/run/metastable.csv"));
        var stall = Default("metastable", "stall");
        Says(curves, $"{table.Select(row => row["seed"]).Distinct().Count()} seeds (1 to ");
        Says(readme, $"{stall:0.0} s in which nothing is done, and one retry keeps the service down for good: {Percent(Late("280/s, 1 retry"))} succeed at the "
            + $"end, without retries {Percent(Late("280/s, no retries"))}, with a retry budget of {Percent(0.1)} of the successes {Percent(Late("280/s, budget 10 % of successes"))}");

        double Late(string arm) => table.Where(row => row["arm"] == arm).Average(row => double.Parse(row[Measure.LateSuccess], CultureInfo.InvariantCulture));
    }

    static double Mean(IEnumerable<Dictionary<string, string>> table, string arm, string measure) => table
        .Where(row => row["arm"] == arm && row["lane"] == Names.ActorLane).Average(row => double.Parse(row[measure], CultureInfo.InvariantCulture));

    static double Default(string scenario, string parameter) => double.Parse(
        Catalogue.Find(scenario)!.Parameters.Single(one => one.Name == parameter).Default, CultureInfo.InvariantCulture);

    // As Lab writes it: no line break within a field, and a quote only where a field has a comma.
    static List<Dictionary<string, string>> Table(string file)
    {
        var lines = Files.Read(file).ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Fields).ToList();
        return [.. lines.Skip(1).Select(line => lines[0].Zip(line).ToDictionary(pair => pair.First, pair => pair.Second))];

        static List<string> Fields(string line)
        {
            var parts = line.Split('"'); // every second part was quoted
            var fields = new List<string> { "" };
            foreach (var (index, part) in parts.Index())
            {
                var pieces = index % 2 == 1 ? [part] : part.Split(',');
                fields[^1] += pieces[0];
                fields.AddRange(pieces.Skip(1));
            }
            return fields;
        }
    }
}
