using Spectre.Console;

namespace TinyResilient.Lab.Talks;

/// <summary>Reads what the speaker wants from the keys of a terminal, or of a clicker, whose keys are those that turn pages.</summary>
sealed class SpeakersKeys(Talk talk, IAnsiConsole console, TalkScreen screen) : IWishes
{
    public string Choice(Step step) => $"Return {(step is Run ? "run" : "go on")} · r repeat · s skip · j jump · q quit";

    public async Task<Wish> NextAsync(Step step, CancellationToken stop)
    {
        while (true)
        {
            switch (await KeyAsync(stop))
            {
                case { Key: ConsoleKey.Enter or ConsoleKey.PageDown or ConsoleKey.Spacebar }:
                    return Wish.Go;
                case { KeyChar: 'r' or 'R' }:
                    return Wish.Repeat;
                case { KeyChar: 's' or 'S' }:
                    return Wish.Skip;
                case { KeyChar: 'q' or 'Q' }:
                    return Wish.Quit;
                case { KeyChar: 'j' or 'J' }:
                    return await JumpAsync(step.Section, stop);
            }
        }
    }

    async Task<Wish> JumpAsync(Section here, CancellationToken stop)
    {
        screen.Close();
        foreach (var section in talk.Sections)
            screen.Say($"{(section == here ? "[bold]>[/]" : " ")} [cyan]{section.Label,3}[/]  {MarkdownText.Inline(section.Heading)}");
        while (true)
        {
            var label = await LabelAsync(stop);
            if (label.Length == 0)
                return Wish.Stay;
            if (talk.Sections.FirstOrDefault(section => section.Label == label) is { } found)
                return new(WishKind.Jump, found);
            screen.Say($"There is no {label}, but {string.Join(", ", talk.Sections.Select(section => section.Label))}.");
        }
    }

    async Task<string> LabelAsync(CancellationToken stop)
    {
        screen.Open("Jump to (Return alone: stay) ");
        var label = "";
        while (await KeyAsync(stop) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace && label.Length > 0)
            {
                label = label[..^1];
                screen.TakeBack();
            }
            else if (char.IsAsciiLetterOrDigit(key.KeyChar))
            {
                label += char.ToLowerInvariant(key.KeyChar);
                screen.Add($"{label[^1]}");
            }
        }
        screen.Close();
        return label;
    }

    async Task<ConsoleKeyInfo> KeyAsync(CancellationToken stop) =>
        await console.Input.ReadKeyAsync(true, stop) ?? throw new OperationCanceledException(stop);
}
