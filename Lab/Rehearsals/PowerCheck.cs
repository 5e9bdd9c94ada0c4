namespace TinyResilient.Lab.Rehearsals;

/// <summary>One entry of Linux's list of power supplies.</summary>
/// <param name="Type"><c>Mains</c>, <c>USB</c>, <c>Battery</c>, …</param>
/// <param name="IsOnline">Of mains: whether it is plugged in.</param>
/// <param name="Status">Of a battery: <c>Discharging</c>, <c>Charging</c>, <c>Full</c>, …</param>
/// <param name="Percent">Of a battery.</param>
sealed record PowerSupply(string Type, bool IsOnline, string? Status, string? Percent);

/// <summary>Is the laptop plugged in? On battery processors slow down when the room is full.</summary>
static class PowerCheck
{
    const string What = "power";

    public static Finding Of(IReadOnlyList<PowerSupply> supplies)
    {
        var battery = supplies.FirstOrDefault(supply => supply is { Type: "Battery", Status: not null });
        if (supplies.Any(supply => supply is { Type: not "Battery", IsOnline: true }) || battery is { Status: "Charging" or "Full" or "Not charging" })
            return Finding.Green(What, "plugged in");
        return battery is { Status: "Discharging" }
            ? Finding.Red(What, $"on battery{(battery.Percent is { } percent ? $", {percent} % left" : "")}", "plug it in")
            : Finding.Unknown(What, "this system does not say whether it is plugged in");
    }

    /// <param name="folder">As Linux has it; elsewhere it does not exist, and the list is empty.</param>
    public static IReadOnlyList<PowerSupply> Read(string folder = "/sys/class/power_supply") => !Directory.Exists(folder) ? []
        : [.. Directory.EnumerateDirectories(folder).Select(supply => new PowerSupply(
            SystemFile.Line(supply, "type") ?? "", SystemFile.Line(supply, "online") == "1", SystemFile.Line(supply, "status"), SystemFile.Line(supply, "capacity")))];
}
