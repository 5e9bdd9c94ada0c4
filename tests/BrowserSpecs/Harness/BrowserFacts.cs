using ProcessSpecs.Harness;
using Xunit;

namespace BrowserSpecs.Harness;

/// <summary>A spec that drives Chromium. Never skipped on CI.</summary>
[AttributeUsage(AttributeTargets.Method)]
sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Installed.OrReason(["chromium", "chromedriver"], "chromium-driver");
}

/// <summary>One in which processes get POSIX signals besides.</summary>
[AttributeUsage(AttributeTargets.Method)]
sealed class PosixBrowserFactAttribute : FactAttribute
{
    public PosixBrowserFactAttribute() => Skip = new PosixFactAttribute().Skip ?? new BrowserFactAttribute().Skip;
}

/// <summary>The same for several cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
sealed class PosixBrowserTheoryAttribute : TheoryAttribute
{
    public PosixBrowserTheoryAttribute() => Skip = new PosixBrowserFactAttribute().Skip;
}
