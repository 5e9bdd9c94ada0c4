namespace TinyResilient.Lab.Stage;

/// <summary>What is on the stage: the running services, or a recording of them. Asked from any thread, and answers at once.</summary>
interface IShow
{
    Frame Frame { get; }

    History History { get; }

    Setup Setup { get; }
}
