namespace TinyResilient.Lab.Statistics;

/// <summary>
/// Student's t distribution: how far the mean of a few values may lie from the truth when their scatter is estimated
/// from the same values. Formulas: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4.
/// </summary>
static class StudentT
{
    /// <summary>Probability of a value between -t and t.</summary>
    /// <param name="t">At least 0.</param>
    /// <param name="freedom">Degrees of freedom, at least 1: the number of values less 1.</param>
    public static double Within(double t, int freedom)
    {
        var angle = Math.Atan(t / Math.Sqrt(freedom));
        var (sine, cosine) = Math.SinCos(angle);
        var odd = freedom % 2 == 1;
        var term = odd ? cosine : 1;
        var sum = 0.0;
        for (var k = odd ? 1 : 0; k <= freedom - 2; k += 2)
        {
            sum += term;
            term *= cosine * cosine * (k + 1) / (k + 2);
        }

        return odd ? 2 / Math.PI * (angle + sine * sum) : sine * sum;
    }

    /// <summary>The t with this probability between -t and t, by halving the interval in which it lies.</summary>
    /// <param name="confidence">Between 0 and 1, both excluded.</param>
    /// <param name="freedom">Degrees of freedom, at least 1.</param>
    public static double TwoSided(double confidence, int freedom)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(freedom, 1);
        if (confidence is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "between 0 and 1");
        var (low, high) = (0.0, 1.0);
        while (Within(high, freedom) < confidence) high *= 2;
        for (var halvings = 0; halvings < 60; halvings++)
        {
            var middle = (low + high) / 2;
            if (Within(middle, freedom) < confidence) low = middle;
            else high = middle;
        }

        return (low + high) / 2;
    }
}
