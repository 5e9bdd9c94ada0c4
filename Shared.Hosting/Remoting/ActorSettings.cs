using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace TinyResilient.Shared.Hosting.Remoting;

/// <summary>Settings of the actor system that stand above all others, where it runs in another place than a process.</summary>
public sealed record ActorSettings(string Hocon);

public static class ActorSettingsExtensions
{
    /// <summary>To be called after everything else that adds settings.</summary>
    public static AkkaConfigurationBuilder WithActorSettings(this AkkaConfigurationBuilder builder, IServiceProvider services) =>
        services.GetService<ActorSettings>() is { } settings ? builder.AddHocon(settings.Hocon, HoconAddMode.Prepend) : builder;
}
