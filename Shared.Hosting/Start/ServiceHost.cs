using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TinyResilient.Shared.Hosting.Remoting;

namespace TinyResilient.Shared.Hosting;

/// <summary>
/// Builds, starts and stops a service. Only <see cref="ServiceSettings"/> decide where it listens and what
/// it logs; ASPNETCORE_URLS and its kin from a container's base image are not read. A start that fails
/// says why in one line on standard error, and leaves nothing running.
/// </summary>
public static class ServiceHost
{
    /// <summary>The argument that asks the running service whether it is ready, and starts nothing.</summary>
    public const string CheckHealth = "--check-health";

    /// <summary>How long requests in flight may take to end once the service is told to stop.</summary>
    static readonly TimeSpan DrainLimit = TimeSpan.FromSeconds(30);

    /// <summary>
    /// What is to be done instead of a start: settings that cannot be read (one line each, 2), an argument
    /// that nobody knows (2), a port that cannot be had (1), <c>--check-health</c> (0 ready, 1 not ready).
    /// Null: go on and start.
    /// </summary>
    public static async Task<int?> ExitCodeInstead(
        string[] args, EnvironmentReader environment, ServiceSettings settings)
    {
        foreach (var error in environment.Errors)
            await Console.Error.WriteLineAsync(error);
        if (environment.Errors.Count > 0)
            return 2;
        try
        {
            settings.Remoting(trustedPaths: []).Check();
        }
        catch (RemotingSettingException unusable)
        {
            return await Refuse(unusable.Message, 2);
        }
        if (args is [CheckHealth])
            return await HealthCheck.Run(settings);
        if (args is [])
            return await Refuse(Ports.Unusable(settings), 1);
        return await Refuse(
            $"{Shorten.ToOneLine(args[0])}: not an argument of {settings.Name}; there is only {CheckHealth}, "
            + "everything else is set by environment variables", 2);
    }

    /// <summary>Asks the service that runs with these settings whether it is ready: 0, or 1 and one line why not.</summary>
    public static Task<int> CheckHealthAsync(ServiceSettings settings) => HealthCheck.Run(settings);

    /// <summary>One line that names the setting to change where its HTTP port cannot be had; null when it can.</summary>
    public static string? UnusableHttp(ServiceSettings settings) => Ports.UnusableHttp(settings);

    static async Task<int?> Refuse(string? reason, int exitCode)
    {
        if (reason is null)
            return null;
        await Console.Error.WriteLineAsync(reason);
        return exitCode;
    }

    /// <summary>A builder with Kestrel, routing, logging and our JSON, and with nothing else.</summary>
    public static WebApplicationBuilder CreateBuilder(ServiceSettings settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = settings.Name });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = JsonBody.Limit;
            // Bytes that are no UTF-8 would make the request a bad one; a traceparent that is none is to be ignored
            kestrel.RequestHeaderEncodingSelector = name => TraceParent.IsIn(name) ? Encoding.Latin1 : null;
            kestrel.Listen(settings.HttpBind, settings.HttpPort);
        });
        builder.Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<HttpConnections>(
            provider, Descriptors.OfThisProcess.Http));
        // Kestrel takes the one that was added last
        builder.Services.AddSingleton<IConnectionListenerFactory>(provider =>
            ActivatorUtilities.CreateInstance<BoundedListeners>(
                provider, ActivatorUtilities.CreateInstance<SocketTransportFactory>(provider)));
        builder.Services.AddSingleton(settings);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<PauseMeter>();
        builder.Services.AddRouting();
        builder.Services.ConfigureHttpJsonOptions(json => Json.Apply(json.SerializerOptions));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = DrainLimit);
        builder.Logging.AddLines(settings);
        return builder;
    }

    /// <summary>Builds the service with what every request meets first: errors as problems, then the control surface.</summary>
    public static WebApplication BuildService(this WebApplicationBuilder builder)
    {
        var app = builder.Build();
        app.UseProblems();
        app.UseControlSurface(app.Services.GetRequiredService<ServiceSettings>());
        app.UseKnownQueryOnly();
        return app;
    }

    /// <summary>Runs until told to stop. Returns the exit code: 0, or 1 when the start failed.</summary>
    /// <param name="environment">From which everything has been read.</param>
    public static async Task<int> RunService(this WebApplication app, EnvironmentReader environment)
    {
        await using var _ = app;
        var settings = app.Services.GetRequiredService<ServiceSettings>();
        try
        {
            await app.StartAsync();
        }
        catch (IOException) when (Ports.UnusableHttp(settings) is { } reason)
        {
            // Somebody took the port after ExitCodeInstead had tried it.
            await Console.Error.WriteLineAsync(reason);
            return 1;
        }
        catch (Exception e)
        {
            app.Logger.LogError(e, "{Service} could not start", settings.Name);
            return 1;
        }
        app.Logger.LogInformation("{Service} listens on http://{Endpoint}",
            settings.Name, new IPEndPoint(settings.HttpBind, settings.HttpPort));
        foreach (var (name, meant) in environment.Misspelt(Environment.GetEnvironmentVariables().Keys.Cast<string>()))
            app.Logger.LogWarning("{Name} is in the environment, and nothing that {Service} reads; was {Meant} meant?",
                Shorten.ToOneLine(name), settings.Name, meant);
        if (settings.ExitWithParent)
            ParentWatch.Start(app.Lifetime.StopApplication);
        await app.WaitForShutdownAsync();
        return app.Services.GetService<Membership>()?.ExitCode ?? 0;
    }
}
