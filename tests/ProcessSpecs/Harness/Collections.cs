namespace ProcessSpecs.Harness;

static class Collections
{
    public const string Beside = "beside";
}
