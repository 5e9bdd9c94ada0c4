using Akka.Hosting.Logging;

namespace TinyResilient.Shared.Hosting.Remoting;

/// <summary>Writes Akka's log to the host's.</summary>
public sealed class OneLineLogger : LoggerFactoryLogger;
