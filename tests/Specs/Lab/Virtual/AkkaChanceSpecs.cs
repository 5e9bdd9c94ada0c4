using Akka.Util;
using TinyResilient.Lab.Virtual;
using Xunit;

namespace Specs.Lab.Virtual;

public class AkkaChanceSpecs
{
    [Fact]
    public void What_Akka_draws_by_itself_is_the_same_each_time()
    {
        Assert.Equal(Drawn(), Drawn());

        static List<double> Drawn()
        {
            AkkaChance.Seed();
            return [.. Enumerable.Range(0, 10).Select(_ => ThreadLocalRandom.Current.NextDouble())];
        }
    }
}
