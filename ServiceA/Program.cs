using TinyResilient.ServiceA;
using TinyResilient.Shared.Hosting;

var environment = new EnvironmentReader(Environment.GetEnvironmentVariable);
var gateway = new GatewayHost(environment);
return await ServiceHost.ExitCodeInstead(args, environment, gateway.Settings) is { } code ? code
    : await gateway.Build().RunService(environment);
