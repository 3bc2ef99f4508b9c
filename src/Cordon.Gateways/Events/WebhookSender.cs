using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Cordon.Casework.Deliveries;

namespace Cordon.Gateways.Events;

/// <summary>How an attempt ended.</summary>
/// <param name="Fault">Why it failed; null where the endpoint has the message.</param>
/// <param name="Status">The HTTP status; null where there was no answer.</param>
/// <param name="Asked">How long the endpoint asks to be left alone.</param>
public sealed record WebhookAnswer(DeliveryFault? Fault, int? Status, TimeSpan? Asked);

/// <summary>
/// Posts messages. A name is resolved once for a connection, all its addresses are judged, and the connection is made to one that was judged: DNS
/// cannot say something else in between. There are no redirects, cookies, proxies or credentials; of an answer the status and head are read.
/// </summary>
public sealed class WebhookSender : IDisposable
{
    private const string UserAgent = "Cordon-Webhooks/1.0";
    private const int MostHeadKilobytes = 16;
    private const string ServerUse = "1.3.6.1.5.5.7.3.1"; // RFC 5280, section 4.2.1.12: id-kp-serverAuth
    private static readonly TimeSpan Connects = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ConnectionLasts = TimeSpan.FromMinutes(2);

    private readonly AddressRule rule;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> resolve;
    private readonly X509Certificate2Collection roots;
    private readonly TimeProvider time;
    private readonly HttpMessageInvoker http;

    /// <summary>Makes a sender.</summary>
    /// <param name="options">What may be called, and whose certificates are trusted.</param>
    /// <param name="time">The clock of time-outs.</param>
    /// <param name="resolve">Looks a name up; null for the system's resolver.</param>
    public WebhookSender(WebhookOptions options, TimeProvider time, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        (rule, roots, this.time) = (new AddressRule(options.Networks), options.Roots, time);
        this.resolve = resolve ?? Dns.GetHostAddressesAsync;
        http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            PreAuthenticate = false,
            Credentials = null,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,
            MaxResponseHeadersLength = MostHeadKilobytes,
            MaxResponseDrainSize = 0,
            PooledConnectionLifetime = ConnectionLasts,
            ConnectTimeout = Takes,
            ConnectCallback = ConnectAsync,
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = IsTrusted, CertificateChainPolicy = Chain() },
        });
    }

    // A certificate names URLs from which more of its chain is loaded: they are the peer's to choose, and nobody judges where they lead.
    private static X509ChainPolicy Chain()
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        policy.ApplicationPolicy.Add(new Oid(ServerUse));
        return policy;
    }

    /// <summary>How long an attempt may take. Ours.</summary>
    public static readonly TimeSpan Takes = TimeSpan.FromSeconds(15);

    /// <summary>Makes one attempt.</summary>
    /// <param name="url">Where to.</param>
    /// <param name="message">The message.</param>
    /// <param name="keys">The keys that sign.</param>
    /// <param name="cancel">Ends the attempt without an answer.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public async Task<WebhookAnswer> SendAsync(Uri url, WebhookMessage message, IReadOnlyCollection<WebhookSecret> keys, CancellationToken cancel)
    {
        if (WebhookUrl.Read(url.OriginalString) is null) return new WebhookAnswer(DeliveryFault.AddressRefused, null, null);
        using var limit = new CancellationTokenSource(Takes, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        using var request = Request(url, message, keys);
        try
        {
            using var response = await http.SendAsync(request, both.Token);
            return Read(response);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new WebhookAnswer(DeliveryFault.TimedOut, null, null);
        }
        catch (HttpRequestException fault)
        {
            return new WebhookAnswer(FaultOf(fault), null, null);
        }
    }

    /// <summary>Ends all connections.</summary>
    public void Dispose() => http.Dispose();

    private static HttpRequestMessage Request(Uri url, WebhookMessage message, IReadOnlyCollection<WebhookSecret> keys)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ReadOnlyMemoryContent(message.Body), Version = HttpVersion.Version11 };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.Add("User-Agent", UserAgent);
        request.Headers.Add(WebhookMessage.IdHeader, message.Id);
        request.Headers.Add(WebhookMessage.TimestampHeader, message.Timestamp);
        request.Headers.Add(WebhookMessage.SignatureHeader, message.Sign(keys));
        return request;
    }

    private WebhookAnswer Read(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        DeliveryFault? fault = status switch
        {
            >= 200 and < 300 => null,
            < 200 => DeliveryFault.BadAnswer,
            < 400 => DeliveryFault.Redirected,
            410 => DeliveryFault.Gone,
            429 or 503 => DeliveryFault.Busy,
            < 500 => DeliveryFault.Refused,
            _ => DeliveryFault.Failed,
        };
        var asked = response.Headers.RetryAfter switch
        {
            { Delta: { } span } => span,
            { Date: { } date } => date - time.GetUtcNow(),
            _ => (TimeSpan?)null,
        };
        return new WebhookAnswer(fault, status, fault == DeliveryFault.Busy && asked > TimeSpan.Zero ? asked : null);
    }

    private static DeliveryFault FaultOf(HttpRequestException fault)
    {
        for (Exception? inner = fault; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case AddressException refused: return refused.Fault;
                case AuthenticationException: return DeliveryFault.CertificateRefused;
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain }: return DeliveryFault.NotResolved;
                case SocketException { SocketErrorCode: SocketError.TimedOut }: return DeliveryFault.TimedOut;
            }
        }
        return fault.HttpRequestError switch
        {
            HttpRequestError.ConnectionError => DeliveryFault.NotReached,
            HttpRequestError.NameResolutionError => DeliveryFault.NotResolved,
            HttpRequestError.SecureConnectionError => DeliveryFault.CertificateRefused,
            HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded => DeliveryFault.BadAnswer,
            _ => DeliveryFault.Closed,
        };
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var end = context.DnsEndPoint;
        var addresses = IPAddress.TryParse(end.Host, out var literal) ? [literal] : await resolve(end.Host, cancel);
        if (addresses.Length == 0) throw new AddressException(DeliveryFault.NotResolved, $"{end.Host} has no address.");
        if (!rule.Allows(addresses)) throw new AddressException(DeliveryFault.AddressRefused, $"{end.Host} has an address that may not be called.");
        var (begun, last) = (time.GetTimestamp(), new SocketException((int)SocketError.TimedOut));
        foreach (var (i, address) in addresses.Index())
        {
            // An address that does not answer leaves the others their part of the time.
            var part = (Connects - time.GetElapsedTime(begun)) / (addresses.Length - i);
            if (part <= TimeSpan.Zero) break;
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                using var limit = new CancellationTokenSource(part, time);
                using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
                await socket.ConnectAsync(new IPEndPoint(address, end.Port), both.Token);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (Exception fault) when (fault is SocketException || (fault is OperationCanceledException && !cancel.IsCancellationRequested))
            {
                last = fault as SocketException ?? new SocketException((int)SocketError.TimedOut);
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
        throw last;
    }

    // The system's authorities, and besides them those that the administrator lists for members that have their own.
    private bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None) return true;
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || roots.Count == 0 || certificate is not X509Certificate2 leaf) return false;
        using var own = new X509Chain { ChainPolicy = Chain() };
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(roots);
        own.ChainPolicy.VerificationTime = time.GetUtcNow().UtcDateTime;
        if (chain is not null)
            foreach (var part in chain.ChainElements) own.ChainPolicy.ExtraStore.Add(part.Certificate);
        return own.Build(leaf);
    }

    private sealed class AddressException(DeliveryFault fault, string message) : IOException(message)
    {
        public DeliveryFault Fault { get; } = fault;
    }
}
