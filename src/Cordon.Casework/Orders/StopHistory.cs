using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;

namespace Cordon.Casework.Orders;

/// <summary>What earlier orders tell for the next ones: how members act, how often accounts were stopped.</summary>
internal static class StopHistory
{
    /// <summary>How members act; one that has had no order is not in it. Only their latest orders are looked at, <see cref="MemberPace.MostOrders"/> of each.</summary>
    public static async Task<Dictionary<MemberCode, MemberPace>> PacesAsync(CaseworkContext db, IEnumerable<MemberCode> members, Instant now, CancellationToken cancel)
    {
        var paces = new Dictionary<MemberCode, MemberPace>();
        foreach (var member in members.Distinct())
        {
            var orders = await db.Set<Order>().Where(o => o.Kind == OrderKind.StopPayment && o.Member == member && o.IssuedAt != null)
                .OrderByDescending(o => o.IssuedAt).Take(MemberPace.MostOrders).Select(o => new { o.State, o.IssuedAt, o.ExecutedAt }).ToListAsync(cancel);
            // A member that was not given its time has shown nothing.
            var past = orders.Where(o => o.ExecutedAt is not null || o.State is OrderState.Declined or OrderState.Expired
                || (o.State is not (OrderState.Released or OrderState.Lapsed) && now - o.IssuedAt!.Value >= MemberPace.Patience)).Select(o => new PastAnswer(o.ExecutedAt - o.IssuedAt)).ToList();
            if (past.Count > 0) paces.Add(member, MemberPace.Of(past));
        }
        return paces;
    }

    /// <summary>How many stops each of the accounts has had; one without any is not in it.</summary>
    public static async Task<Dictionary<AccountNumber, int>> StopsAsync(CaseworkContext db, IReadOnlyList<AccountNumber> accounts, CancellationToken cancel)
    {
        var stopped = await db.Set<Order>().Where(o => accounts.Contains(o.Subject) && o.StopOrdinal > 0).Select(o => o.Subject).ToListAsync(cancel);
        return stopped.GroupBy(a => a).ToDictionary(g => g.Key, g => g.Count());
    }
}
