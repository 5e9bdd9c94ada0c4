using TinyResilient.Lab.Model;
using Xunit;

namespace Specs.Lab;

/// <summary>
/// A formula agrees with the model: it lies in the interval that the model's own scatter leaves open.
/// </summary>
static class Agreement
{
    const double Sure = 0.9999;

    public static void Agrees(double theory, Estimate estimate)
    {
        var interval = estimate.OfModel(Sure);
        Assert.True(interval.Contains(theory), $"{theory} is not in {interval.Low}..{interval.High}");
    }
}
