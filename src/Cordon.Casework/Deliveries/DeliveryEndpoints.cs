using System.Globalization;
using Cordon.Casework.Answers;
using Cordon.Engine.Signals;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Cordon.Casework.Deliveries;

/// <summary>Endpoints, deliveries and keys in the API. Who may call which is declared in one table with all other endpoints.</summary>
internal static class DeliveryEndpoints
{
    public static void Map(RouteGroupBuilder api)
    {
        var members = api.MapGroup("/members/{code}").WithTags("Deliveries");
        members.MapGet("/webhook", EndpointAsync).WithName("webhooks.get").WithSummary("A member's endpoint, and whether it is in use.");
        members.MapPut("/webhook", RegisterAsync).WithName("webhooks.register")
            .WithSummary("Tells where a member takes webhooks, or takes the same into use again. What waits for the member is announced to it at once.");
        members.MapPost("/webhook/disable", DisableAsync).WithName("webhooks.disable").WithSummary("Takes the endpoint out of use: the member pulls its orders.");
        members.MapPost("/webhook/test", TestAsync).WithName("webhooks.test").WithSummary("Sends a message that says nothing but that it came; how it went is told by the list of deliveries.");
        members.MapGet("/receipt-keys", ReceiptKeysAsync).WithName("receipt-keys.list").WithSummary("The public keys by which a member's receipts are verified, the newest first.");
        members.MapPost("/receipt-keys", RegisterKeyAsync).WithName("receipt-keys.register")
            .WithSummary("Registers a public key. From then on the member's systems sign their answers to orders (RFC 9421).");
        members.MapPost("/receipt-keys/{id:guid}/retire", RetireKeyAsync).WithName("receipt-keys.retire").WithSummary("Retires a receipt key at once.");
        var deliveries = api.MapGroup("/deliveries").WithTags("Deliveries");
        deliveries.MapGet("/", ListAsync).WithName("deliveries.list").WithSummary("Messages to members and how their attempts went, the newest first: all for the centre, a member's own.");
        deliveries.MapGet("/standing", StandingAsync).WithName("deliveries.standing").WithSummary("Who is not reached, since when and why; the longest first.");
        deliveries.MapPost("/{id:guid}/send-again", SendAgainAsync).WithName("deliveries.send-again").WithSummary("Sends again what was given up, under the same id.");
        var keys = api.MapGroup("/webhook-keys").WithTags("Deliveries");
        keys.MapPost("/", RotateAsync).WithName("webhook-keys.rotate").WithMetadata(new RepeatMark(RepeatRule.Required))
            .WithSummary("Makes a key that signs webhooks from now on; those before it sign beside it for seven days. Needs an Idempotency-Key.");
        keys.MapPost("/{id:guid}/retire", RetireAsync).WithName("webhook-keys.retire").WithSummary("Retires a signing key at once; where it was the last, another takes its place.");
    }

    public static void MapPublished(RouteGroupBuilder root) =>
        root.MapGet(DeliveriesModule.PublishedAt, PublishedAsync).WithName("webhook-keys.published").WithTags("Deliveries")
            .WithSummary("The public keys that webhooks are signed by now, the newest first. The list replaces the one held.").ExcludeFromDescription();

    private static async Task<Results<Ok<WebhookView>, Refused>> EndpointAsync(Caller caller, DeliveryDesk desk, string code) =>
        (MemberCode.TryParse(code, out var member) && await desk.EndpointAsync(caller.Actor, member) is { } endpoint ? WebhookView.Of(endpoint) : null).AnswerOr(DeliveryRefusal.NoEndpoint);

    private static async Task<Results<Ok<WebhookView>, Refused>> RegisterAsync(Caller caller, DeliveryDesk desk, string code, UrlForm form, CancellationToken cancel) =>
        MemberCode.TryParse(code, out var member) ? (await desk.RegisterAsync(caller.Actor, member, form.Url, cancel)).Answer(WebhookView.Of) : new Refused(DeliveryRefusal.NoMember);

    private static async Task<Results<Ok<WebhookView>, Refused>> DisableAsync(Caller caller, DeliveryDesk desk, string code, WhyForm form, CancellationToken cancel) =>
        MemberCode.TryParse(code, out var member) ? (await desk.DisableAsync(caller.Actor, member, form.Reason, cancel)).Answer(WebhookView.Of) : new Refused(DeliveryRefusal.NoMember);

    private static async Task<Results<Ok<DeliveryView>, Refused>> TestAsync(Caller caller, DeliveryDesk desk, string code, CancellationToken cancel) =>
        MemberCode.TryParse(code, out var member) ? (await desk.TestAsync(caller.Actor, member, cancel)).Answer(DeliveryView.Of) : new Refused(DeliveryRefusal.NoMember);

    private static async Task<Results<Ok<Page<ReceiptKeyView>>, Refused>> ReceiptKeysAsync(Caller caller, ReceiptKeys keys, string code) =>
        MemberCode.TryParse(code, out var member) && DeliveryRules.Sees(caller.Actor, member)
            ? TypedResults.Ok(new Page<ReceiptKeyView>([.. (await keys.ListAsync(caller.Actor, member)).Select(ReceiptKeyView.Of)], null))
            : new Refused(DeliveryRefusal.NoMember);

    private static async Task<Results<Ok<ReceiptKeyView>, Refused>> RegisterKeyAsync(Caller caller, ReceiptKeys keys, string code, ReceiptKeyForm form, CancellationToken cancel) =>
        MemberCode.TryParse(code, out var member) ? (await keys.RegisterAsync(caller.Actor, member, form.Name, form.Key, cancel)).Answer(ReceiptKeyView.Of) : new Refused(DeliveryRefusal.NoMember);

    private static async Task<Results<Ok<ReceiptKeyView>, Refused>> RetireKeyAsync(Caller caller, ReceiptKeys keys, string code, Guid id, CancellationToken cancel) =>
        MemberCode.TryParse(code, out var member) ? (await keys.RetireAsync(caller.Actor, member, id, cancel)).Answer(ReceiptKeyView.Of) : new Refused(DeliveryRefusal.NoMember);

    private static async Task<Results<Ok<Page<DeliveryView>>, Refused>> ListAsync(
        Caller caller, DeliveryDesk desk, string? member, Guid? order, DeliveryState? state, int? limit, string? cursor)
    {
        if (PageQuery.Read(limit, cursor, out var take, out var place) is { } fault) return new Refused(fault);
        if (ReadPlace(place, out var before) is { } bad) return new Refused(bad);
        MemberCode? of = null;
        if (member is not null)
        {
            if (!MemberCode.TryParse(member, out var code)) return new Refused(DeliveryRefusal.NoMember);
            of = code;
        }
        var rows = await desk.ListAsync(caller.Actor, new DeliveryFilter { Member = of, Order = order, State = state, Before = before, Limit = take + 1 });
        return TypedResults.Ok(rows.Page(take, d => string.Create(CultureInfo.InvariantCulture, $"{d.QueuedAt.Micros}/{d.Id}"), DeliveryView.Of));
    }

    private static Refusal? ReadPlace(string? place, out (Instant, Guid)? before)
    {
        before = null;
        if (place is null) return null;
        var slash = place.IndexOf('/', StringComparison.Ordinal);
        if (slash < 1 || !long.TryParse(place[..slash], NumberStyles.None, CultureInfo.InvariantCulture, out var micros) || !Guid.TryParse(place[(slash + 1)..], out var id)) return PageQuery.BadCursor;
        before = (new Instant(micros), id);
        return null;
    }

    private static async Task<Ok<Page<StandingView>>> StandingAsync(Caller caller, DeliveryDesk desk) =>
        TypedResults.Ok(new Page<StandingView>([.. (await desk.StandingAsync(caller.Actor)).Select(StandingView.Of)], null));

    private static async Task<Results<Ok<DeliveryView>, Refused>> SendAgainAsync(Caller caller, DeliveryDesk desk, Guid id, CancellationToken cancel) =>
        (await desk.SendAgainAsync(caller.Actor, id, cancel)).Answer(DeliveryView.Of);

    private static async Task<Results<Ok<SigningKeyView>, Refused>> RotateAsync(Caller caller, SigningKeys keys, CancellationToken cancel) =>
        (await keys.RotateAsync(caller.Actor, cancel)).Answer(SigningKeyView.Of);

    private static async Task<Results<Ok<SigningKeyView>, Refused>> RetireAsync(Caller caller, SigningKeys keys, Guid id, CancellationToken cancel) =>
        (await keys.RetireAsync(caller.Actor, id, cancel)).Answer(SigningKeyView.Of);

    private static async Task<Ok<Page<SigningKeyView>>> PublishedAsync(SigningKeys keys, HttpContext context)
    {
        context.Response.Headers.CacheControl = "public, max-age=300";
        return TypedResults.Ok(new Page<SigningKeyView>([.. (await keys.PublishedAsync()).Select(SigningKeyView.Of)], null));
    }

    /// <param name="Url">Where to post: an https URL.</param>
    internal sealed record UrlForm(string Url);

    /// <param name="Reason">Why, 1 to 200 characters.</param>
    internal sealed record WhyForm(string Reason);

    /// <param name="Name">The system that holds the private half, 1 to 100 characters.</param>
    /// <param name="Key">The Ed25519 public key: <c>whpk_</c> and base64, or a PEM.</param>
    internal sealed record ReceiptKeyForm(string Name, string Key);
}

/// <summary>A member's endpoint as the API tells of it.</summary>
/// <param name="Member">The member.</param>
/// <param name="Url">Where to post.</param>
/// <param name="State">Whether it is in use.</param>
/// <param name="Since">Since when it stands so.</param>
/// <param name="By">Who saw to that.</param>
/// <param name="Reason">Why it is not in use.</param>
internal sealed record WebhookView(MemberCode Member, string Url, EndpointState State, Instant Since, string By, string? Reason)
{
    public static WebhookView Of(WebhookEndpoint e) => new(e.Member, e.Url, e.State, e.Since, e.By, e.Reason);
}

/// <summary>A delivery as the API tells of it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Message">The id that the message has in every attempt.</param>
/// <param name="Member">The member.</param>
/// <param name="Type">What it announces.</param>
/// <param name="Order">The order; absent of a test.</param>
/// <param name="OrderNumber">The order's number.</param>
/// <param name="OrderVersion">The order's version.</param>
/// <param name="State">Where it stands.</param>
/// <param name="QueuedAt">When it was queued.</param>
/// <param name="Attempts">How many attempts were made.</param>
/// <param name="NextAttemptAt">When the next is due.</param>
/// <param name="LastAttemptAt">When the last ended.</param>
/// <param name="LastFault">Why the last failed.</param>
/// <param name="LastStatus">With which HTTP status.</param>
/// <param name="DeliveredAt">When it was delivered.</param>
/// <param name="DiedAt">When it was given up.</param>
internal sealed record DeliveryView(
    Guid Id, string Message, MemberCode Member, string Type, Guid? Order, string? OrderNumber, int OrderVersion, DeliveryState State, Instant QueuedAt, int Attempts,
    Instant? NextAttemptAt, Instant? LastAttemptAt, DeliveryFault? LastFault, int? LastStatus, Instant? DeliveredAt, Instant? DiedAt)
{
    public static DeliveryView Of(Delivery d) => new(
        d.Id, d.MessageId, d.Member, d.Type, d.OrderId, d.OrderNumber, d.OrderVersion, d.State, d.QueuedAt, d.Attempts,
        d.NextAttemptAt, d.LastAttemptAt, d.LastFault, d.LastStatus, d.DeliveredAt, d.DiedAt);
}

/// <summary>How a member stands.</summary>
/// <param name="Member">The member.</param>
/// <param name="Endpoint">Its endpoint.</param>
/// <param name="Waiting">Messages that wait.</param>
/// <param name="Dead">Messages that were given up.</param>
/// <param name="NotReachedSince">Since when nothing reaches it.</param>
/// <param name="Fault">Why the last attempt failed.</param>
/// <param name="Status">With which HTTP status.</param>
/// <param name="LastDelivered">When it last received one.</param>
internal sealed record StandingView(
    MemberCode Member, WebhookView Endpoint, int Waiting, int Dead, Instant? NotReachedSince, DeliveryFault? Fault, int? Status, Instant? LastDelivered)
{
    public static StandingView Of(MemberDelivery m) => new(
        m.Member, WebhookView.Of(m.Endpoint), m.Waiting, m.Dead, m.Since, m.Fault, m.Status, m.LastDelivered);
}

/// <summary>A signing key as everybody may see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Key">The public key, <c>whpk_…</c>.</param>
/// <param name="From">From when it signs.</param>
/// <param name="Until">Until when it signs; absent while no other follows it.</param>
internal sealed record SigningKeyView(Guid Id, string Key, Instant From, Instant? Until)
{
    public static SigningKeyView Of(SigningKey k) => new(k.Id, k.Public, k.From, k.Until);
}

/// <summary>A receipt key as the API tells of it.</summary>
/// <param name="Id">Its id: the keyid of signatures.</param>
/// <param name="Member">The member.</param>
/// <param name="Name">The system that holds the private half.</param>
/// <param name="Key">The public key, <c>whpk_…</c>.</param>
/// <param name="From">From when signatures by it count.</param>
/// <param name="Until">Until when they counted.</param>
internal sealed record ReceiptKeyView(Guid Id, MemberCode Member, string Name, string Key, Instant From, Instant? Until)
{
    public static ReceiptKeyView Of(ReceiptKey k) => new(k.Id, k.Member, k.Name, k.Public, k.From, k.Until);
}
