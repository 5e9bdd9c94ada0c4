using TinyResilient.ServiceB;
using TinyResilient.Shared.Hosting;

var environment = new EnvironmentReader(Environment.GetEnvironmentVariable);
var pools = new PoolsHost(environment);
return await ServiceHost.ExitCodeInstead(args, environment, pools.Settings) is { } code ? code
    : await pools.Build().RunService(environment);
