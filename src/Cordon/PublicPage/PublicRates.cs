using System.Globalization;
using System.Threading.RateLimiting;
using Cordon.Access;
using Cordon.Casework;
using Cordon.Casework.Answers;

namespace Cordon.PublicPage;

/// <summary>
/// How often the public page answers; ours. One address: five reports at once and then one in two minutes, ten look-ups and
/// then one in half a minute, 60 pages a minute. A provider's network of IPv6 (48 bits) holds many of these: 20 reports at once, then one in
/// two minutes. All together: 60 reports at once and then one a second, as many look-ups beside them; four are carried out at a time
/// with sixteen waiting.
/// </summary>
internal sealed class PublicRates : IDisposable
{
    public const int SendsOfAddress = 5;
    public const int LooksOfAddress = 10;
    public const int PagesOfAddress = 60;
    private const int SendsOfNetwork = 20;
    private const int SendsOfAll = 60;
    private const int AtATime = 4;
    private const int Queue = 16;

    private static readonly TimeSpan SendEach = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LookEach = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan PageEach = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SendOfAllEach = TimeSpan.FromSeconds(1);

    // Where only the queue was full, the next one is through in a moment.
    public static readonly TimeSpan Moment = TimeSpan.FromSeconds(10);

    public static readonly Refusal TooMany = new("report/too-many", RefusalKind.Busy,
        "More requests came than the public page takes.", "Come back when Retry-After says. In need call the police: 110, or the anti-fraud line 96110.");

    private enum Use
    {
        None,
        Page,
        Send,
        Look,
    }

    // Taken when a form has been read whole: who sends slowly holds nobody up.
    private readonly ConcurrencyLimiter atOnce = new(new ConcurrencyLimiterOptions { PermitLimit = AtATime, QueueLimit = Queue, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });

    /// <summary>Waits until one more can be carried out; one that was not acquired has to be told to come back after <see cref="Moment"/>.</summary>
    public ValueTask<RateLimitLease> EnterAsync(CancellationToken cancel) => atOnce.AcquireAsync(1, cancel);

    public void Dispose() => atOnce.Dispose();

    public static void Add(IServiceCollection services) => services.AddSingleton<PublicRates>().AddRateLimiter(options =>
    {
        options.GlobalLimiter = PartitionedRateLimiter.CreateChained(OfAddress(), OfNetwork(), OfAll());
        options.OnRejected = async (context, cancel) =>
        {
            var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Moment;
            await RejectAsync(context.HttpContext, wait);
        };
    });

    private static PartitionedRateLimiter<HttpContext> OfAddress() => PartitionedRateLimiter.Create<HttpContext, (Use, string)>(context =>
    {
        var use = UseOf(context.Request);
        var place = OriginKey.Place(context.Connection.RemoteIpAddress);
        return use switch
        {
            Use.Send => Bucket((use, place), SendsOfAddress, SendEach),
            Use.Look => Bucket((use, place), LooksOfAddress, LookEach),
            Use.Page => Bucket((use, place), PagesOfAddress, PageEach),
            _ => RateLimitPartition.GetNoLimiter((use, "")),
        };
    });

    private static PartitionedRateLimiter<HttpContext> OfAll() => PartitionedRateLimiter.Create<HttpContext, Use>(context =>
        UseOf(context.Request) is (Use.Send or Use.Look) and var use ? Bucket(use, SendsOfAll, SendOfAllEach) : RateLimitPartition.GetNoLimiter(Use.None));

    private static PartitionedRateLimiter<HttpContext> OfNetwork() => PartitionedRateLimiter.Create<HttpContext, string>(context =>
        UseOf(context.Request) == Use.Send && OriginKey.Network(context.Connection.RemoteIpAddress) is { } network ? Bucket(network, SendsOfNetwork, SendEach) : RateLimitPartition.GetNoLimiter(""));

    private static RateLimitPartition<TKey> Bucket<TKey>(TKey key, int atOnce, TimeSpan each) => RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
    {
        TokenLimit = atOnce, TokensPerPeriod = 1, ReplenishmentPeriod = each, QueueLimit = 0, AutoReplenishment = true,
    });

    private static Use UseOf(HttpRequest request)
    {
        if (!request.Path.StartsWithSegments(PublicEndpoints.Root, StringComparison.OrdinalIgnoreCase, out var rest)) return Use.None;
        if (!HttpMethods.IsPost(request.Method)) return Use.Page;
        // Routing takes the form with a slash behind it, too.
        return rest.HasValue && rest != "/" ? Use.Look : Use.Send;
    }

    private static Task RejectAsync(HttpContext context, TimeSpan wait)
    {
        context.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return AccessModule.WantsPage(context.Request)
            ? PublicForms.Busy(context, StatusCodes.Status429TooManyRequests, null, wait).ExecuteAsync(context)
            : Problem.WriteAsync(context, StatusCodes.Status429TooManyRequests, TooMany, retryable: false);
    }
}
