using TinyResilient.Lab.Processes;
using TinyResilient.Shared.Hosting;

namespace TinyResilient.Lab.Stage;

/// <summary>
/// Marks in the chart, once for each, that a service stood still. What was before the first look at a process is no
/// news.
/// </summary>
sealed class StandStillNews(Service service, EventLog events)
{
    int? _pid;
    int _told;

    public void Look(int pid, IReadOnlyList<StandStill> all)
    {
        if (_pid == pid)
            foreach (var one in all.Where(one => one.Number > _told))
                events.Mark($"{service.Name} {one.Words}");
        (_pid, _told) = (pid, all.Count == 0 ? 0 : all[^1].Number);
    }
}
