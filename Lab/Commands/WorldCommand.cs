using System.CommandLine;
using TinyResilient.Lab.Virtual;

namespace TinyResilient.Lab.Commands;

/// <summary>What Lab calls itself with, to run arms in virtual time.</summary>
static class WorldCommand
{
    public const string Name = "world";

    public static Command Create()
    {
        var command = new Command(Name, "Works off arms in virtual time, from standard input")
        {
            Hidden = true,
        };
        command.SetAction(_ => Child.Run(Console.In, Console.Out, Console.Error));
        return command;
    }
}
