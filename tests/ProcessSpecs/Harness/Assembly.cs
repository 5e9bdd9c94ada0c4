using Xunit;

// Each spec keeps several processes busy: side by side they would only measure each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
