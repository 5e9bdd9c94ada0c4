namespace TinyResilient.Lab.Theory;

/// <summary>
/// Scenario needs-rest: a sick worker recovers once it has been left alone for T seconds. Source: the wait for a gap in
/// Poisson traffic, Adams, Road Traffic Considered as a Random Series, 1936.
/// </summary>
static class NeedsRest
{
    /// <summary>
    /// Mean seconds from an arrival to the end of the first gap of T seconds: (e^(lambda T) - 1) / lambda.
    /// </summary>
    /// <param name="arrivals">lambda: attempts per second, Poisson. Evenly spread ones leave no such gap if 1/lambda
    /// &lt; T.</param>
    /// <param name="rest">T, seconds.</param>
    public static double MeanSecondsSick(double arrivals, double rest) =>
        arrivals == 0 ? rest : (Math.Exp(arrivals * rest) - 1) / arrivals;
}
