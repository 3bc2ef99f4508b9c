using Cordon.Casework.Orders;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Deliveries;

/// <summary>What of an order is announced to its member, and in what words. What the member itself did is not told back to it.</summary>
internal static class Announcement
{
    /// <summary>The type of a message that says nothing but that it came.</summary>
    public const string Test = "webhook.test";

    /// <summary>Orders announced, and messages hurried, in the change that tells an endpoint; the member pulls the others. Ours.</summary>
    public const int MostAtOnce = 1_000;

    private const string Issued = "order.issued";
    private const string Released = "order.released";
    private const string Lapsed = "order.lapsed";
    private const string Expired = "order.expired";
    private static readonly string[] Endings = [Released, Lapsed, Expired];

    /// <summary>
    /// The type of the message about what happened to an order in one change; null where the member is not to hear of it. Of several
    /// happenings the one that asks most of the member counts.
    /// </summary>
    public static string? TypeOf(Order order, IReadOnlyCollection<OrderEvent> happened)
    {
        if (order.Draft || order.State == OrderState.Withdrawn) return null;
        foreach (var type in happened.Select(TypeOf).OfType<(int Rank, string Name)>().OrderBy(t => t.Rank)) return type.Name;
        return null;
    }

    private static (int Rank, string Name)? TypeOf(OrderEvent happened) => happened switch
    {
        OrderReleased or OrderLiftedOnAppeal => (0, Released),
        OrderLapsed => (0, Lapsed),
        OrderExpired => (0, Expired),
        OrderIssued or EnquiryIssued or MeasureIssued or ReturnOrdered => (1, Issued),
        FreezeRenewed => (2, "order.renewed"),
        OrderOverdue => (4, "order.overdue"),
        OrderEscalated => (5, "order.escalated"),
        OrderApproved => (6, "order.approved"),
        _ => null,
    };

    /// <summary>Queues, within a change and for its commit, what its orders have to announce.</summary>
    public static async Task<bool> QueueAsync(Change change, CancellationToken cancel)
    {
        var told = new List<(Order Order, string Type)>();
        foreach (var one in change.Recorded.Where(r => r.State is Order).GroupBy(r => (Order)r.State, r => (OrderEvent)r.Happened))
            if (TypeOf(one.Key, [.. one]) is { } type) told.Add((one.Key, type));
        if (told.Count == 0) return false;
        var members = told.Select(t => t.Order.Member).Distinct().ToList();
        var used = await change.Db.Set<WebhookEndpoint>().Where(e => members.Contains(e.Member) && e.State == EndpointState.Active).Select(e => e.Member).ToListAsync(cancel);
        told.RemoveAll(t => !used.Contains(t.Order.Member));
        foreach (var (order, type) in told) Queue(change, order, type);
        return told.Count > 0;
    }

    /// <summary>
    /// Queues for an endpoint that was just told what waits for the member and is not on its way or delivered already: orders without an answer, and
    /// what ended and the member has not told to have let go. What was given up is sent again under its id; what waits after a failure is due now.
    /// </summary>
    public static async Task QueueWaitingAsync(Change change, MemberCode member, CancellationToken cancel)
    {
        var deliveries = change.Db.Set<Delivery>();
        foreach (var failed in await deliveries.Where(d => d.Member == member && d.State == DeliveryState.Pending && d.Failures > 0).OrderBy(d => d.QueuedAt).Take(MostAtOnce).ToListAsync(cancel))
            change.Record(failed, new DeliverySentAgain(change.Now, change.Actor.Id));
        var waiting = await change.Db.Set<Order>().Where(o => o.Member == member && o.State == OrderState.Issued
            && !deliveries.Any(d => d.OrderId == o.Id && d.State != DeliveryState.Dead)).OrderBy(o => o.IssuedAt).Take(MostAtOnce).ToListAsync(cancel);
        var ended = await change.Db.Set<Order>().Where(o => o.Member == member && o.AcknowledgedAt != null && o.LetGoAt == null
            && (o.State == OrderState.Released || o.State == OrderState.Lapsed || o.State == OrderState.Expired)
            && !deliveries.Any(d => d.OrderId == o.Id && Endings.Contains(d.Type) && d.State != DeliveryState.Dead)).OrderBy(o => o.EndedAt).Take(MostAtOnce).ToListAsync(cancel);
        var ids = waiting.Concat(ended).Select(o => (Guid?)o.Id).ToList();
        var dead = (await deliveries.Where(d => d.State == DeliveryState.Dead && ids.Contains(d.OrderId)).OrderBy(d => d.QueuedAt).ToListAsync(cancel))
            .ToLookup(d => (d.OrderId!.Value, d.Type));
        foreach (var (order, type) in waiting.Select(o => (o, Issued)).Concat(ended.Select(o => (o, TypeOf(o.State)))))
            if (dead[(order.Id, type)].LastOrDefault() is { } again) change.Record(again, new DeliverySentAgain(change.Now, change.Actor.Id));
            else Queue(change, order, type);
    }

    private static string TypeOf(OrderState ended) => ended switch
    {
        OrderState.Lapsed => Lapsed,
        OrderState.Expired => Expired,
        _ => Released,
    };

    private static void Queue(Change change, Order order, string type) =>
        change.Begin(new Delivery(), new DeliveryQueued(change.Now, change.NewId(), order.Member, type, order.Id, order.Number, order.Version, OrderDigest.Of(order)));
}
