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

    /// <summary>Orders announced in the change that tells an endpoint; the member pulls the others. Ours.</summary>
    private const int MostAtOnce = 1_000;

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
        OrderReleased or OrderLiftedOnAppeal => (0, "order.released"),
        OrderLapsed => (0, "order.lapsed"),
        OrderExpired => (0, "order.expired"),
        OrderIssued or EnquiryIssued or MeasureIssued or ReturnOrdered => (1, "order.issued"),
        FreezeRenewed => (2, "order.renewed"),
        OrderOverdue => (4, "order.overdue"),
        OrderEscalated => (5, "order.escalated"),
        OrderApproved => (6, "order.approved"),
        _ => null,
    };

    /// <summary>Queues, within a change and for its commit, what its orders have to announce.</summary>
    public static async Task<bool> QueueAsync(Change change, CancellationToken cancel)
    {
        var queued = false;
        foreach (var (order, happened) in change.Recorded.Where(r => r.State is Order).GroupBy(r => (Order)r.State, r => (OrderEvent)r.Happened, (order, all) => (order, all.ToList())).ToList())
        {
            if (TypeOf(order, happened) is not { } type) continue;
            if (await change.Db.Set<WebhookEndpoint>().FindAsync([order.Member], cancel) is not { State: EndpointState.Active }) continue;
            Queue(change, order, type);
            queued = true;
        }
        return queued;
    }

    /// <summary>Queues for an endpoint that was just told what waits for the member's answer and is not on its way already.</summary>
    public static async Task QueueWaitingAsync(Change change, MemberCode member, CancellationToken cancel)
    {
        var waiting = await change.Db.Set<Order>().Where(o => o.Member == member && o.State == OrderState.Issued
            && !change.Db.Set<Delivery>().Any(d => d.OrderId == o.Id && d.State != DeliveryState.Dead)).OrderBy(o => o.IssuedAt).Take(MostAtOnce).ToListAsync(cancel);
        foreach (var order in waiting) Queue(change, order, "order.issued");
    }

    private static void Queue(Change change, Order order, string type) =>
        change.Begin(new Delivery(), new DeliveryQueued(change.Now, change.NewId(), order.Member, type, order.Id, order.Number, order.Version, OrderDigest.Of(order)));
}
