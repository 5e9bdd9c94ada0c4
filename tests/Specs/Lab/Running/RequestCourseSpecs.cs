using TinyResilient.Lab.Results;
using TinyResilient.Lab.Running;
using Xunit;

namespace Specs.Lab.Running;

public class RequestCourseSpecs
{
    [Fact]
    public void Success_attempts_and_percentiles_follow_from_the_requests()
    {
        // 100 requests at 10/s; every tenth fails after two attempts, the others take 1 to 9 ms.
        var course = RequestCourse.Of([.. Enumerable.Range(0, 100).Select(n =>
            new Fate(n / 10.0, n / 10.0 + 0.001 * (n % 10), n % 10 != 0, n % 10 == 0 ? 2 : 1, BreakerOpen: n < 5))]);

        Assert.Equal(0.9, course.Measures[Measure.Success]);
        Assert.Equal(1.1, course.Measures[Measure.Attempts], 9);
        Assert.Equal(0.05, course.Measures[Measure.OpenShare]);
        Assert.Equal(5, course.Measures[Measure.P50], 6);
        Assert.Equal(9, course.Measures[Measure.P99], 6);
        Assert.Equal(9, course.Measures[Measure.TroubleS], 6);
    }

    [Fact]
    public void The_curve_has_equal_slices_in_the_order_in_which_requests_were_due()
    {
        var course = RequestCourse.Of([.. Enumerable.Range(0, 400).Select(n => new Fate(n, n, n < 100, 1, false))]);
        Assert.Equal(RequestCourse.Slices, course.Curve.Count);
        Assert.Equal([.. Enumerable.Repeat(1.0, 10), .. Enumerable.Repeat(0.0, 30)], course.Curve);
        Assert.Equal(0, course.Measures[Measure.LateSuccess]);
    }

    [Fact]
    public void No_success_has_no_percentile() =>
        Assert.DoesNotContain(Measure.P99, RequestCourse.Of([new Fate(0, 1, false, 1, false)]).Measures.Keys);

    [Fact]
    public void The_peak_is_the_most_that_end_within_200_ms()
    {
        double[] ends = [0, 0.04, 0.16, 0.8, 0.96, 0.98, 0.996, 4, 8, 12];
        var course = RequestCourse.Of([.. ends.Select(end => new Fate(0, end, true, 1, false))]);
        Assert.Equal(0.4, course.Measures[Measure.Peak]);
    }

    [Fact]
    public void Fewer_requests_than_slices_still_give_a_true_curve() => Assert.Equal(
        Enumerable.Repeat(1.0, RequestCourse.Slices), RequestCourse.Of([new Fate(0, 1, true, 1, false)]).Curve);
}
