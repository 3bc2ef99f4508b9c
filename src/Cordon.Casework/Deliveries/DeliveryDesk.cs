using Cordon.Casework.Members;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Deliveries;

/// <summary>A delivery that is due, and where it goes.</summary>
/// <param name="Delivery">The delivery.</param>
/// <param name="Url">Where to post.</param>
public sealed record DueDelivery(Delivery Delivery, Uri Url);

/// <summary>How a member stands that takes webhooks.</summary>
/// <param name="Member">The member.</param>
/// <param name="Endpoint">Its endpoint.</param>
/// <param name="Waiting">Deliveries that wait.</param>
/// <param name="Dead">Deliveries that were given up.</param>
/// <param name="Since">
/// Since when nothing reaches it: when the oldest was queued that failed after the last one that arrived, or whose attempt is overdue by a minute; null
/// where all reaches it.
/// </param>
/// <param name="Fault">Why the last attempt of those failed; null where none was made.</param>
/// <param name="Status">With which status.</param>
/// <param name="LastDelivered">When it last received one.</param>
public sealed record MemberDelivery(
    MemberCode Member, WebhookEndpoint Endpoint, int Waiting, int Dead, Instant? Since, DeliveryFault? Fault, int? Status, Instant? LastDelivered);

/// <summary>The façade of the module: members' endpoints, and what is on its way to them.</summary>
/// <param name="store">The database.</param>
public sealed class DeliveryDesk(CaseworkStore store)
{
    /// <summary>By how much an attempt is late where nobody makes it: the worker looks every second.</summary>
    private static readonly TimeSpan Overdue = TimeSpan.FromMinutes(1);

    /// <summary>Raised after an endpoint or a delivery changed here; of those queued with an order the desk of orders tells.</summary>
    public event Action? Changed;

    /// <summary>A member's endpoint; null where it told none, or where the actor may not see it.</summary>
    public Task<WebhookEndpoint?> EndpointAsync(Actor actor, MemberCode member) => DeliveryRules.Sees(actor, member)
        ? store.ReadAsync(db => db.Set<WebhookEndpoint>().SingleOrDefaultAsync(e => e.Member == member))
        : Task.FromResult<WebhookEndpoint?>(null);

    /// <summary>Tells a member's endpoint, or another, or takes the same into use again; the same in use changes nothing. What waits for the member is announced to it at once, up to 1,000 of each sort.</summary>
    /// <param name="actor">An administrator, or a clerk or system of the member.</param>
    /// <param name="member">The member.</param>
    /// <param name="url">Where to post; see <see cref="WebhookUrl"/>.</param>
    /// <param name="cancel">Stops before the commit.</param>
    public Task<Outcome<WebhookEndpoint>> RegisterAsync(Actor actor, MemberCode member, string url, CancellationToken cancel = default) =>
        ChangeAsync<WebhookEndpoint>(actor, async change =>
        {
            if (!DeliveryRules.SetsUp(actor, member) || !await change.Db.Set<Member>().AnyAsync(m => m.Code == member, cancel)) return DeliveryRefusal.NoMember;
            if (WebhookUrl.Read(url) is null) return DeliveryRefusal.BadUrl;
            var endpoint = await change.Db.Set<WebhookEndpoint>().FindAsync([member], cancel);
            if (endpoint is { State: EndpointState.Active } && endpoint.Url == url) return endpoint;
            var told = new EndpointRegistered(change.Now, member, url, actor.Id);
            if (endpoint is null) change.Begin(endpoint = new WebhookEndpoint(), told);
            else change.Record(endpoint, told);
            await Announcement.QueueWaitingAsync(change, member, cancel);
            change.Announce();
            return endpoint;
        }, cancel);

    /// <summary>Takes an endpoint out of use: nothing is queued for it any more, and what waits goes on waiting. Again changes nothing.</summary>
    public Task<Outcome<WebhookEndpoint>> DisableAsync(Actor actor, MemberCode member, string reason, CancellationToken cancel = default) =>
        ChangeAsync<WebhookEndpoint>(actor, async change =>
        {
            if (!DeliveryRules.SetsUp(actor, member)) return DeliveryRefusal.NoMember;
            if (await change.Db.Set<WebhookEndpoint>().FindAsync([member], cancel) is not { } endpoint) return DeliveryRefusal.NoEndpoint;
            if (!DeliveryRules.IsReason(reason)) return DeliveryRefusal.NoReason;
            if (endpoint.State == EndpointState.Active) change.Record(endpoint, new EndpointDisabled(change.Now, reason, actor.Id));
            return endpoint;
        }, cancel);

    /// <summary>Sends a member a message that says nothing but that it came.</summary>
    public Task<Outcome<Delivery>> TestAsync(Actor actor, MemberCode member, CancellationToken cancel = default) =>
        ChangeAsync<Delivery>(actor, async change =>
        {
            if (!DeliveryRules.SetsUp(actor, member)) return DeliveryRefusal.NoMember;
            if (await change.Db.Set<WebhookEndpoint>().FindAsync([member], cancel) is not { } endpoint) return DeliveryRefusal.NoEndpoint;
            if (endpoint.State != EndpointState.Active) return DeliveryRefusal.NotInUse;
            var delivery = new Delivery();
            change.Begin(delivery, new DeliveryQueued(change.Now, change.NewId(), member, Announcement.Test, null, null, 0, null));
            change.Announce();
            return delivery;
        }, cancel);

    /// <summary>Sends again what was given up, under the same id.</summary>
    public Task<Outcome<Delivery>> SendAgainAsync(Actor actor, Guid id, CancellationToken cancel = default) =>
        ChangeAsync<Delivery>(actor, async change =>
        {
            var delivery = await change.Db.Set<Delivery>().SingleOrDefaultAsync(d => d.Id == id, cancel);
            if (delivery is null || !DeliveryRules.Resends(actor, delivery.Member)) return DeliveryRefusal.NotFound;
            var endpoint = await change.Db.Set<WebhookEndpoint>().FindAsync([delivery.Member], cancel);
            if (change.Carry(delivery, DeliveryRules.SendAgain(delivery, endpoint, actor, change.Now)) is { } refused) return refused;
            change.Announce();
            return delivery;
        }, cancel);

    /// <summary>Deliveries that an actor may see, the newest first: the centre and administrators all, a member its own.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="filter">Which.</param>
    public Task<List<Delivery>> ListAsync(Actor actor, DeliveryFilter filter) => store.ReadAsync(db =>
    {
        var rows = Visible(db.Set<Delivery>(), actor);
        if (filter.Member is { } member) rows = rows.Where(d => d.Member == member);
        if (filter.Order is { } order) rows = rows.Where(d => d.OrderId == order);
        if (filter.State is { } state) rows = rows.Where(d => d.State == state);
        if (filter.Before is { } before) rows = rows.Where(d => d.QueuedAt < before.At || (d.QueuedAt == before.At && d.Id.CompareTo(before.Id) < 0));
        return rows.OrderByDescending(d => d.QueuedAt).ThenByDescending(d => d.Id).Take(filter.Limit).ToListAsync();
    });

    /// <summary>How the members stand that told an endpoint; those that nothing reaches first.</summary>
    public Task<List<MemberDelivery>> StandingAsync(Actor actor) => store.ReadAsync(async db =>
    {
        var overdue = store.Now - Overdue;
        var (all, visible) = (db.Set<Delivery>(), Visible(db.Set<Delivery>(), actor));
        var endpoints = await db.Set<WebhookEndpoint>()
            .Select(e => new { Endpoint = e, Received = all.Where(d => d.Member == e.Member && d.State == DeliveryState.Delivered).Max(d => d.DeliveredAt) }).ToListAsync();
        var open = await visible.Where(d => d.State != DeliveryState.Delivered)
            .GroupBy(d => new { d.Member, d.State }).Select(g => new { g.Key.Member, g.Key.State, Count = g.Count() }).ToListAsync();
        var stuck = visible.Where(d => d.State != DeliveryState.Delivered && (d.NextAttemptAt <= overdue
            || (d.LastFault != null && !all.Any(r => r.Member == d.Member && r.State == DeliveryState.Delivered && r.DeliveredAt >= d.LastAttemptAt))));
        var since = await stuck.GroupBy(d => d.Member).Select(g => new { Member = g.Key, At = g.Min(d => d.QueuedAt) }).ToListAsync();
        var last = await stuck.Where(d => d.LastFault != null).GroupBy(d => d.Member).Select(g => g.OrderByDescending(d => d.LastAttemptAt).First()).ToListAsync();
        var standing = endpoints.Where(e => DeliveryRules.Sees(actor, e.Endpoint.Member)).Select(e =>
        {
            var (member, fault) = (e.Endpoint.Member, last.Find(d => d.Member == e.Endpoint.Member));
            int Count(DeliveryState state) => open.Find(o => o.Member == member && o.State == state)?.Count ?? 0;
            return new MemberDelivery(
                member, e.Endpoint, Count(DeliveryState.Pending), Count(DeliveryState.Dead), since.Find(s => s.Member == member)?.At, fault?.LastFault, fault?.LastStatus, e.Received);
        });
        return standing.OrderBy(s => s.Since is null).ThenBy(s => s.Since).ThenBy(s => s.Member.ToString(), StringComparer.Ordinal).ToList();
    });

    /// <summary>What is due at members whose endpoint is in use, so many of each, the longest due first.</summary>
    /// <param name="perMember">How many of a member at once.</param>
    /// <param name="underWay">Those whose attempt runs.</param>
    public Task<List<DueDelivery>> DueAsync(int perMember, IReadOnlyCollection<Delivery> underWay) => store.ReadAsync(async db =>
    {
        var now = store.Now;
        var due = new List<DueDelivery>();
        var endpoints = await db.Set<WebhookEndpoint>().Where(e => e.State == EndpointState.Active && db.Set<Delivery>().Any(d => d.Member == e.Member && d.NextAttemptAt <= now)).ToListAsync();
        foreach (var endpoint in endpoints)
        {
            var running = underWay.Where(d => d.Member == endpoint.Member).Select(d => d.Id).ToList();
            if (running.Count >= perMember) continue;
            var rows = await db.Set<Delivery>().Where(d => d.Member == endpoint.Member && d.NextAttemptAt <= now && !running.Contains(d.Id))
                .OrderBy(d => d.NextAttemptAt).ThenBy(d => d.Id).Take(perMember - running.Count).ToListAsync();
            due.AddRange(rows.Select(d => new DueDelivery(d, new Uri(endpoint.Url))));
        }
        return due;
    });

    /// <summary>Writes down how an attempt ended. An endpoint that is gone for good is taken out of use.</summary>
    /// <param name="id">The delivery.</param>
    /// <param name="url">Where the attempt was made; the member may have told another meanwhile.</param>
    /// <param name="fault">Why it failed; null where the endpoint has it.</param>
    /// <param name="status">The HTTP status; null where there was no answer.</param>
    /// <param name="next">When to try again; null to give it up.</param>
    /// <param name="cancel">Stops before the commit.</param>
    public Task<Outcome<Delivery>> AttemptedAsync(Guid id, Uri url, DeliveryFault? fault, int? status, Instant? next, CancellationToken cancel = default) =>
        ChangeAsync<Delivery>(Actor.System("deliveries"), async change =>
        {
            var delivery = await change.Db.Set<Delivery>().SingleAsync(d => d.Id == id, cancel);
            var endpoint = await change.Db.Set<WebhookEndpoint>().SingleAsync(e => e.Member == delivery.Member, cancel);
            var moved = endpoint.Url != url.OriginalString;
            change.Carry(delivery, DeliveryRules.Attempted(delivery, fault, status, next, moved, change.Now));
            if (fault == DeliveryFault.Gone && !moved && endpoint.State == EndpointState.Active)
                change.Record(endpoint, new EndpointDisabled(change.Now, "The endpoint answered 410: it is gone for good.", change.Actor.Id));
            return delivery;
        }, cancel);

    private async Task<Outcome<T>> ChangeAsync<T>(Actor actor, Func<Change, Task<Outcome<T>>> work, CancellationToken cancel)
    {
        var outcome = await store.ChangeAsync(actor, work, cancel);
        if (outcome.Succeeded) Changed?.Invoke();
        return outcome;
    }

    private static IQueryable<Delivery> Visible(IQueryable<Delivery> rows, Actor actor) =>
        actor.SeesAll || actor.Is(Roles.Administrator) ? rows : actor.Member is { } own ? rows.Where(d => d.Member == own) : rows.Where(d => false);
}

/// <summary>Which deliveries to list.</summary>
public sealed record DeliveryFilter
{
    /// <summary>To one member.</summary>
    public MemberCode? Member { get; init; }

    /// <summary>About one order.</summary>
    public Guid? Order { get; init; }

    /// <summary>In one state.</summary>
    public DeliveryState? State { get; init; }

    /// <summary>Queued before this one: the cursor of the page before.</summary>
    public (Instant At, Guid Id)? Before { get; init; }

    /// <summary>How many at most, 1 to 500.</summary>
    public int Limit { get; init; } = 100;
}
