using Xunit;

// Two specs run at a time: each keeps several processes busy, and more would only measure each other. In the collection Beside
// is what mostly waits for a limit of seconds, and what runs in virtual time and so finds the same on a busy machine.
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly, MaxParallelThreads = 2)]
