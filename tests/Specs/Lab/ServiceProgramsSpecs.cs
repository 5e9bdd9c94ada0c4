using TinyResilient.Lab.Processes;
using Xunit;

namespace Specs.Lab;

public class ServiceProgramsSpecs
{
    [Theory]
    [InlineData("src/Lab/bin/Debug/net10.0/", "src/ServiceA/bin/Debug/net10.0/ServiceA.dll")]
    [InlineData("src/Lab/bin/Release/net10.0/", "src/ServiceA/bin/Release/net10.0/ServiceA.dll")]
    [InlineData("Lab/src/Lab/bin/Debug/net10.0", "Lab/src/ServiceA/bin/Debug/net10.0/ServiceA.dll")]
    [InlineData("app/Lab/", "app/ServiceA/ServiceA.dll")]
    [InlineData("app/", "app/ServiceA/ServiceA.dll")]
    public void The_programs_of_the_services_lie_beside_that_of_the_lab(string lab, string dll) =>
        Assert.Equal(Path(dll), ServicePrograms.Dll(Service.A, Path(lab), services: null));

    [Fact]
    public void A_setting_names_another_folder() =>
        Assert.Equal(Path("other/ServiceB/ServiceB.dll"), ServicePrograms.Dll(Service.B, Path("app/Lab/"), "other"));

    static string Path(string path) => path.Replace('/', System.IO.Path.DirectorySeparatorChar);
}
