using System.Globalization;
using Spectre.Console;
using TinyResilient.LoadTest;

namespace TinyResilient.Lab.Talks;

/// <summary>
/// Plays a talk: shows its prose, types its commands, and runs each when the speaker says so. A command that fails or is interrupted
/// never ends the talk, and nothing that it has started outlives it. A section begins with a lab that was put back.
/// </summary>
sealed class TalkPlayer(IReadOnlyList<Step> steps, TalkScreen screen, IWishes wishes, ICommandRunner runner, TimeProvider time) : IDisposable
{
    readonly long _began = time.GetTimestamp();
    readonly CancellationTokenSource _interrupted = new();
    readonly List<(Run Step, int Code)> _failed = [];
    readonly int _acts = steps.OfType<Heading>().Count(heading => heading.Section.IsNumbered);

    int _next;
    bool _isTouched;
    Run? _last;
    IRunningCommand? _alone;
    (Run Step, IRunningCommand Command)? _beneath;

    /// <summary>Every command that did not end with 0, as often as it was run.</summary>
    public IReadOnlyList<(Run Step, int Code)> Failed => _failed;

    /// <summary>Ctrl-C: ends the command that runs, or else the talk. Pressed as that command ends by itself, it was meant for it.</summary>
    public void Interrupt()
    {
        if (_alone is { } alone)
            alone.Interrupt();
        else if (_beneath is { Command: { Exit.IsCompleted: false } beneath })
            beneath.Interrupt();
        else
            _interrupted.Cancel();
    }

    /// <param name="stop">Ends the talk and what it runs.</param>
    /// <returns>The exit code: 0, or 130 when it was interrupted.</returns>
    public async Task<int> PlayAsync(CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, _interrupted.Token);
        try
        {
            while (_next < steps.Count)
                await StepAsync(steps[_next], either.Token);
            return ExitCode.Ok;
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        finally
        {
            screen.Close();
            await EndAsync();
            if (_isTouched)
                screen.Say("The lab is as you left it; ./tiny reset puts everything back.");
        }
    }

    public void Dispose() => _interrupted.Dispose();

    async Task StepAsync(Step step, CancellationToken stop)
    {
        var isDone = true;
        if (step is Heading)
        {
            screen.Show(new Rule($"[bold]{MarkdownText.Inline(step.Section.Heading)}[/]").LeftJustified());
            if (_isTouched && Reset(step.Section) is { } reset)
                isDone = await AskAsync(new Run(step.Section, reset, Moment.Alone), stop);
        }
        else if (step is Paragraph { Prose: var prose })
        {
            var text = MarkdownText.Of(prose);
            isDone = screen.Fits(text) || await AskAsync(new Stop(step.Section), stop);
            if (isDone)
                screen.Show(text);
        }
        else
        {
            isDone = await AskAsync(step, stop);
        }
        if (isDone)
            _next++;
    }

    /// <returns>False when the talk goes on elsewhere.</returns>
    async Task<bool> AskAsync(Step step, CancellationToken stop)
    {
        while (true)
        {
            screen.Forget();
            if (wishes.Choice(step) is { } choice)
                screen.Say($"\n{Place(step.Section)} · {Elapsed()} [grey]· {choice}[/]");
            else if (step is Run)
                screen.Say($"\n{Place(step.Section)} · {Elapsed()}");
            if (step is Run { Command: var command })
                await screen.TypeAsync(command.Shown(OperatingSystem.IsWindows()), stop);
            var wish = await wishes.NextAsync(step, stop);
            screen.Close();
            screen.Read();
            switch (wish)
            {
                case { Kind: WishKind.Go } when step is Run run:
                    await RunAsync(run, stop);
                    return true;
                case { Kind: WishKind.Go or WishKind.Skip }:
                    if (step is Run { Moment: Moment.LastMeanwhile })
                        await BeneathAsync(stop);
                    return true;
                case { Kind: WishKind.Repeat } when _last is { Moment: Moment.Meanwhile or Moment.LastMeanwhile }:
                    await EndAsync();
                    _next = BeneathOf(_last);
                    return false;
                case { Kind: WishKind.Repeat } when _last is not null:
                    await RunAsync(_last, stop);
                    break;
                case { Kind: WishKind.Jump, To: var to }:
                    await EndAsync();
                    _next = IndexOf(other => other is Heading && other.Section == to);
                    return false;
                case { Kind: WishKind.Quit }:
                    _next = steps.Count;
                    return false;
            }
        }
    }

    async Task RunAsync(Run step, CancellationToken stop)
    {
        _last = step;
        if (step.Moment == Moment.Beneath)
        {
            if (_beneath is { Command.Exit.IsCompleted: false })
                screen.Say("It still runs; Ctrl-C ends it.");
            else
                _beneath = (step, runner.Start(step.Command, screen.Above));
            return;
        }
        _alone = runner.Start(step.Command, null);
        Tell(step, await _alone.Exit.WaitAsync(stop));
        _alone = null;
        if (step.Moment == Moment.LastMeanwhile)
            await BeneathAsync(stop);
    }

    // Waits for what runs beneath.
    async Task BeneathAsync(CancellationToken stop)
    {
        if (_beneath is not var (step, command))
            return;
        Tell(step, await command.Exit.WaitAsync(stop));
        _beneath = null;
    }

    void Tell(Run step, int code)
    {
        _isTouched = (_isTouched || step.Command.Changes) && !(step.Command.IsReset && code == 0);
        if (code == 0)
            return;
        _failed.Add((step, code));
        screen.Say($"[red]{Words(code)}[/]: {Markup.Escape(step.Command.Text)}");
    }

    // Nothing that was started goes on.
    async Task EndAsync()
    {
        foreach (var running in new[] { _alone, _beneath?.Command }.OfType<IRunningCommand>())
            await running.StopAsync();
        (_alone, _beneath) = (null, null);
    }

    // What was typed while another ran is repeated with the other, from the beginning.
    int BeneathOf(Run meanwhile) =>
        Enumerable.Range(0, IndexOf(step => ReferenceEquals(step, meanwhile))).Last(index => steps[index] is Run { Moment: Moment.Beneath });

    int IndexOf(Func<Step, bool> wanted) => Enumerable.Range(0, steps.Count).First(index => wanted(steps[index]));

    // How the talk itself puts the lab back, for a section that does not begin with it.
    TypedCommand? Reset(Section section) => steps.OfType<Run>().FirstOrDefault(run => run.Section == section)?.Command.IsReset is true ? null
        : steps.OfType<Run>().FirstOrDefault(run => run.Command.IsReset)?.Command;

    string Place(Section section) => section.IsNumbered ? $"act {section.Label} of {_acts}" : MarkdownText.Inline(section.Heading);

    string Elapsed()
    {
        var elapsed = time.GetElapsedTime(_began);
        return string.Create(CultureInfo.InvariantCulture, $"{(int)elapsed.TotalMinutes}:{elapsed.Seconds:00}");
    }

    static string Words(int code) => code switch
    {
        ExitCode.Interrupted => "Interrupted",
        ExitCode.Threshold => "A threshold was not met (exit code 99)",
        _ => $"Failed (exit code {code}), r repeats it",
    };
}
