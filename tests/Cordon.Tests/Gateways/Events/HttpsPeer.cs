using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using Cordon.Gateways.Events;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cordon.Tests.Gateways.Events;

/// <summary>What came to a peer.</summary>
internal sealed record Came(string Path, string Id, string Timestamp, string Signatures, byte[] Body);

/// <summary>A member's HTTPS server on loopback, with a certificate that an authority of its own vouches for.</summary>
internal sealed class HttpsPeer : IAsyncDisposable
{
    public const string Host = "hooks.bank-b.test";
    private static readonly X509Certificate2 Authority = MakeAuthority();

    private readonly WebApplication app;
    private readonly Channel<Came> arrivals = Channel.CreateUnbounded<Came>();

    private HttpsPeer(WebApplication app) => this.app = app;

    /// <summary>What to answer; the message is in <see cref="Got"/> by then.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = _ => Task.CompletedTask;

    public ConcurrentQueue<Came> Got { get; } = new();

    /// <summary>The next message that came, in their order; those are read once.</summary>
    public Task<Came> NextAsync(CancellationToken cancel) => arrivals.Reader.ReadAsync(cancel).AsTask().WaitAsync(TimeSpan.FromMinutes(1), cancel);

    public Uri Url { get; private set; } = new("about:blank");

    /// <summary>Loopback listed and the authority trusted, as an administrator would for a closed network.</summary>
    public static WebhookOptions Options => new() { Networks = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")], Roots = [Authority] };

    public static Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancel) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]);

    /// <summary>Opens a peer.</summary>
    /// <param name="host">Its name.</param>
    /// <param name="issuers">Where its certificate says that the certificate of its authority lies; null where it does not say.</param>
    public static async Task<HttpsPeer> OpenAsync(string host = Host, Uri? issuers = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, l => l.UseHttps(h => (h.ServerCertificate, h.ServerCertificateChain) = (MakeLeaf(host, issuers), [Authority]))));
        var app = builder.Build();
        var peer = new HttpsPeer(app);
        app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            var headers = context.Request.Headers;
            var came = new Came(context.Request.Path, headers[WebhookMessage.IdHeader]!, headers[WebhookMessage.TimestampHeader]!, headers[WebhookMessage.SignatureHeader]!, body.ToArray());
            peer.Got.Enqueue(came);
            peer.arrivals.Writer.TryWrite(came);
            await peer.Answer(context);
        });
        await app.StartAsync();
        var port = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
        peer.Url = new UriBuilder(Uri.UriSchemeHttps, host, port, "/cordon").Uri;
        return peer;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static X509Certificate2 MakeAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2050, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    private static X509Certificate2 MakeLeaf(string host, Uri? issuers)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + host, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        if (issuers is not null) request.CertificateExtensions.Add(new X509AuthorityInformationAccessExtension(null, [issuers.OriginalString]));
        using var signed = request.Create(Authority, new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2049, 1, 1, 0, 0, 0, TimeSpan.Zero), [1, 2, 3, (byte)host.Length]);
        using var whole = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), null);
    }
}
