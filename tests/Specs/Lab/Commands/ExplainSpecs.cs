using Specs.Lab.Reports;
using TinyResilient.Lab.Commands;
using TinyResilient.Lab.Scenarios;
using Xunit;

namespace Specs.Lab.Commands;

public class ExplainSpecs
{
    [Fact]
    public void The_explanation_is_as_somebody_found_it_good() =>
        Approved.Is("explain-errors.approved.txt", CatalogueCommands.Text(Catalogue.Find("errors")!).ReplaceLineEndings("\n"));
}
