using Microsoft.Extensions.Primitives;
using TinyResilient.Shared.Hosting;
using Xunit;

namespace Specs.Hosting;

// W3C Trace Context, "traceparent Header Field Values" and "Versioning of traceparent"
public class TraceParentSpecs
{
    const string Rest = "-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Theory]
    [InlineData("00" + Rest)]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-ff")]
    [InlineData("00-00000000000000000000000000000001-0000000000000001-01")]
    public void One_of_version_00_is_handed_on_as_it_is(string header) => Assert.Equal(header, TraceParent.Read(header));

    [Theory]
    [InlineData("01" + Rest, "01")]
    [InlineData("cc" + Rest + "-what-the-future-will-be-like", "01")]
    [InlineData("fe-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-fe-", "00")]
    [InlineData("0f-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0b", "01")]
    public void One_of_a_later_version_is_handed_on_as_far_as_it_is_known(string header, string flags) =>
        Assert.Equal("00" + Rest[..^2] + flags, TraceParent.Read(header));

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("00" + Rest + "-more")]
    [InlineData("00" + Rest + "0")]
    [InlineData("cc" + Rest + ".more")]
    [InlineData("ff" + Rest)]
    [InlineData("ff" + Rest + "-more")]
    [InlineData("0" + Rest)]
    [InlineData("0x" + Rest)]
    [InlineData("00-00000000000000000000000000000000-b7ad6b7169203331-01")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01")]
    [InlineData("00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333-001")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331-01")]
    [InlineData("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0 ")]
    [InlineData("00-0af7651916cd43dd8448eb211c8031ü-b7ad6b7169203331-01")]
    [InlineData("00" + Rest + ",00" + Rest)]
    public void What_is_none_is_ignored(string header) => Assert.Null(TraceParent.Read(header));

    [Fact]
    public void Of_several_none_is_taken()
    {
        Assert.Null(TraceParent.Read(StringValues.Empty));
        Assert.Null(TraceParent.Read(new StringValues(["00" + Rest, "00" + Rest])));
    }
}
