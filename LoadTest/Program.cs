using System.Text;
using TinyResilient.LoadTest;

Console.OutputEncoding = Encoding.UTF8; // ticks and crosses, on Windows too
return await LoadTestCommand.RunAsync(args);
