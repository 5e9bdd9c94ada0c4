using System.Net;
using System.Text;

namespace TinyResilient.Shared.Hosting;

/// <summary>Asks the running service whether it is ready: the health check of a container without a shell.</summary>
static class HealthCheck
{
    /// <summary>0 when <c>/readyz</c> answers 200 within two seconds, otherwise 1 and one line why not.</summary>
    public static async Task<int> Run(ServiceSettings settings)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false })
        {
            Timeout = TimeSpan.FromSeconds(2),
        };
        using var request = new HttpRequestMessage(HttpMethod.Get, Address(settings));
        request.Headers.Host = settings.AllowedHosts[0];
        try
        {
            using var answer = await http.SendAsync(request);
            await Console.Out.WriteLineAsync(Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync()));
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception e) when (NoAnswer.Is(e, CancellationToken.None))
        {
            await Console.Error.WriteLineAsync($"{request.RequestUri}: {e.Message}");
            return 1;
        }
    }

    internal static Uri Address(ServiceSettings settings)
    {
        var any = settings.HttpBind.Equals(IPAddress.Any) ? IPAddress.Loopback
            : settings.HttpBind.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
            : settings.HttpBind;
        return new Uri($"http://{new IPEndPoint(any, settings.HttpPort)}/readyz");
    }
}
