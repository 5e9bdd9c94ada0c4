using TinyResilient.Lab.Http;
using Xunit;

namespace Specs.Lab;

public class ProblemSpecs
{
    [Fact]
    public void Each_field_has_a_line() => Assert.Equal(
        ["FAILURE_RATE must be a number in 0..1, but is 7", "JITER is not a knob; did you mean JITTER?"],
        Problem.Lines(400, """
            {
              "title": "Bad Request", "status": 400, "detail": "all of it once more",
              "errors": {
                "FAILURE_RATE": ["must be a number in 0..1, but is 7"],
                "JITER": ["is not a knob; did you mean JITTER?"]
              }
            }
            """));

    [Fact]
    public void Without_fields_the_detail_is_told() => Assert.Equal(
        ["service-b does not answer; nothing was changed"],
        Problem.Lines(503, """{"status":503,"detail":"service-b does not answer; nothing was changed"}"""));

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"errors":{}}""")]
    public void An_answer_that_is_no_problem_is_told_by_its_status(string body) =>
        Assert.Equal(["service-a answers 502"], Problem.Lines(502, body));
}
