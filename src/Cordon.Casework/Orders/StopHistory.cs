using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Orders;

/// <summary>What earlier orders tell for the next ones: how members act, how often accounts were stopped.</summary>
internal static class StopHistory
{
    /// <summary>Older orders than the latest so many are not looked at. Ours.</summary>
    private const int MostOrders = 5_000;

    /// <summary>How each member acts that has had an order; one that has not is not in it.</summary>
    public static async Task<Dictionary<MemberCode, MemberPace>> PacesAsync(CaseworkContext db, Instant now, CancellationToken cancel)
    {
        var orders = await db.Set<Order>().Where(o => o.Kind == OrderKind.StopPayment && o.IssuedAt != null).OrderByDescending(o => o.IssuedAt).Take(MostOrders)
            .Select(o => new { o.Member, o.State, o.IssuedAt, o.ExecutedAt }).ToListAsync(cancel);
        // A member that was not given its time has shown nothing.
        return orders.Where(o => o.ExecutedAt is not null || o.State is OrderState.Declined or OrderState.Expired
                || (o.State != OrderState.Released && now - o.IssuedAt!.Value >= MemberPace.Patience))
            .GroupBy(o => o.Member)
            .ToDictionary(g => g.Key, g => MemberPace.Of([.. g.Take(MemberPace.MostOrders).Select(o => new PastAnswer(o.ExecutedAt - o.IssuedAt))]));
    }

    /// <summary>How many stops each of the accounts has had; one without any is not in it.</summary>
    public static async Task<Dictionary<AccountNumber, int>> StopsAsync(CaseworkContext db, IReadOnlyList<AccountNumber> accounts, CancellationToken cancel)
    {
        var stopped = await db.Set<Order>().Where(o => accounts.Contains(o.Account) && o.StopOrdinal > 0).Select(o => o.Account).ToListAsync(cancel);
        return stopped.GroupBy(a => a).ToDictionary(g => g.Key, g => g.Count());
    }
}
