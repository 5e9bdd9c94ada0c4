using System.Text.Json;
using TinyResilient.Lab.Stage;
using Xunit;

namespace Specs.Lab.Stage;

public class FieldsSpecs
{
    [Theory]
    [InlineData("""{"on":1}""", "on must be true or false, but is 1")]
    [InlineData("""{"rate":0}""", "rate must be a number in 0.1..5000, but is 0")]
    [InlineData("""{"rate":"50"}""", "rate must be a number in 0.1..5000, but is \"50\"")]
    [InlineData("""{"rate":1e999}""", "rate must be a number in 0.1..5000, but is 1e999")]
    [InlineData("""{"lanes":["actor","htp"]}""", "lanes must be a list of actor, http, but has \"htp\"")]
    [InlineData("""{"lanes":[]}""", "lanes must be a list of actor, http, but is empty")]
    [InlineData("""{"rat":5}""", "rat is not a field; did you mean rate?")]
    [InlineData("""{"duration":5}""", "duration is not a field; there are on, rate, lanes")]
    [InlineData("""{"on":true,"on":false}""", "on is given more than once")]
    [InlineData("[]", "body must be an object, but is a list")]
    public void What_is_wrong_is_named_with_its_value_and_what_is_allowed(string json, string error) => Assert.Equal(error, Read(json).Errors);

    [Fact]
    public void What_is_not_there_is_null_and_lanes_have_their_order()
    {
        Assert.Equal((true, null, "actor,http", ""), Read("""{"on":true,"lanes":["http","actor","http"]}"""));
        Assert.Equal((null, 5000, "", ""), Read("""{"rate":5000}"""));
    }

    [Theory]
    [InlineData("""{"text":"  a mark "}""", "a mark")]
    [InlineData("""{"text":""}""", null)]
    [InlineData("""{"text":"two\nlines"}""", null)]
    [InlineData("""{"text":"more than twenty chars"}""", null)]
    [InlineData("{}", null)]
    public void A_text_is_one_line_that_is_not_too_long(string json, string? text)
    {
        var fields = new Fields(JsonDocument.Parse(json).RootElement, "text").Require("text");
        Assert.Equal(text, fields.Text("text", 20));
        Assert.Equal(text is null, fields.Errors.Any);
    }

    static (bool? On, double? Rate, string Lanes, string Errors) Read(string json)
    {
        var fields = new Fields(JsonDocument.Parse(json).RootElement, "on", "rate", "lanes");
        return (fields.Flag("on"), fields.Number("rate", 0.1, 5_000), string.Join(',', fields.Words("lanes", "actor", "http") ?? []), $"{fields.Errors}");
    }
}
