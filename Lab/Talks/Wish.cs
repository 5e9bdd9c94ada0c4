namespace TinyResilient.Lab.Talks;

/// <summary>What the speaker wants next.</summary>
/// <param name="To">Where to jump to.</param>
sealed record Wish(WishKind Kind, Section? To = null)
{
    public static readonly Wish Go = new(WishKind.Go), Stay = new(WishKind.Stay), Repeat = new(WishKind.Repeat),
        Skip = new(WishKind.Skip), Quit = new(WishKind.Quit);
}

enum WishKind { Go, Stay, Repeat, Skip, Jump, Quit }

/// <summary>Who knows what the speaker wants.</summary>
interface IWishes
{
    /// <summary>What can be wished for, for the line above what is typed; null: nobody is asked.</summary>
    string? Choice(Step step);

    /// <summary>Asked at each stop and for each command, once it is on the screen.</summary>
    Task<Wish> NextAsync(Step step, CancellationToken stop);
}

/// <summary>Nobody is asked: everything is played, at the pace of the commands.</summary>
/// <param name="ready">Waits until the lab can take a command.</param>
/// <param name="pause">Before a command that is typed while another runs: long enough that there is something to see.</param>
sealed class Unattended(Func<CancellationToken, Task> ready, TimeSpan pause, TimeProvider time) : IWishes
{
    public string? Choice(Step step) => null;

    public async Task<Wish> NextAsync(Step step, CancellationToken stop)
    {
        if (step is Run { Moment: Moment.Meanwhile or Moment.LastMeanwhile })
            await Task.Delay(pause, time, stop);
        else if (step is Run { Command.StartsLab: false })
            await ready(stop);
        return Wish.Go;
    }
}
