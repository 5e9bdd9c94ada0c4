using Akka.Actor;
using TinyResilient.Shared.Messages;

namespace RemoteSpecs;

/// <summary>Answers as ServiceB's pool does, and keeps what it was sent. Beside it an actor nobody may select.</summary>
sealed class StandInPool : ReceiveActor
{
    /// <summary>A request id that is answered by an exception, which the pool must never do.</summary>
    public const string AnswerByException = "answer-by-exception";

    public const string SecretPath = "/user/secret";

    readonly string _incarnation = Guid.NewGuid().ToString("N");

    public StandInPool(Recorder<object> received)
    {
        Receive<Probe>(probe =>
        {
            received.Add(probe);
            Sender.Tell(new Probed(_incarnation, "host-b", Accepting: true));
        });
        Receive<DoWork>(work =>
        {
            received.Add(work);
            Sender.Tell(work.RequestId == AnswerByException
                ? new Status.Failure(new InvalidOperationException("broken"))
                : new WorkAnswer(work.CallId, WorkOutcome.Hung, "host-b", 12.5, 3, "slow"));
        });
        ReceiveAny(received.Add);
    }

    public sealed class Secret : ReceiveActor
    {
        readonly Recorder<object> _received;

        public Secret(Recorder<object> received)
        {
            _received = received;
            ReceiveAny(received.Add);
        }

        protected override void PostStop() => _received.Add("secret stopped");
    }
}
