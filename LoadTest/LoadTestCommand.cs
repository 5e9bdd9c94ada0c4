namespace TinyResilient.LoadTest;
public static class LoadTestCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        var o = new LoadOptions { Url = new Uri(args[0]), Seed = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(),
            Stages = [new(TimeSpan.FromSeconds(double.Parse(args[2])), double.Parse(args[1]))] };
        var r = await new LoadRunner(TimeProvider.System).RunAsync(o);
        Console.Write(Summary.Text(r));
        Console.WriteLine(r.Lag);
        Console.WriteLine(r.All);
        Console.WriteLine(r.Service);
        return 0;
    }
}
