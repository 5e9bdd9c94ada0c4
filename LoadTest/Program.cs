using TinyResilient.LoadTest;

return await LoadTestCommand.RunAsync(args);
