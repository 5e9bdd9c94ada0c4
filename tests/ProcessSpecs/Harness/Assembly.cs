using Xunit;

// Each spec keeps several processes busy: side by side they would only measure each other. One that mostly waits for
// a limit of seconds is in the collection Waiting, and runs beside one that works.
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly, MaxParallelThreads = 2)]
