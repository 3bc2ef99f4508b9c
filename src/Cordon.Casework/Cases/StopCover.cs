using System.Collections.Immutable;
using Cordon.Casework.Orders;
using Cordon.Engine.Money;

namespace Cordon.Casework.Cases;

/// <summary>
/// What of a case's money no running order covers yet. A receipt is the bank's own word of what was there: what it did not hold had left by then,
/// whether or not a signal has told of it, so only what came later can lie there besides. The rest is stopped where the trace finds it.
/// </summary>
internal static class StopCover
{
    /// <summary>The money that a new stop is for, the largest sum first; accounts whose rest is not worth a stop are left out.</summary>
    /// <param name="trace">The trace of the case.</param>
    /// <param name="money">What it finds that an order can stop.</param>
    /// <param name="orders">The orders of the case.</param>
    public static ImmutableArray<StoppableMoney> Uncovered(Trace trace, ImmutableArray<StoppableMoney> money, IEnumerable<Order> orders)
    {
        var about = orders.Where(o => o.Kind is OrderKind.StopPayment or OrderKind.Freeze).ToLookup(o => o.Account!.Value);
        return
        [
            .. money.Select(m => about[m.Account].Any() ? m with { Minor = Present(trace, m, about[m.Account]) - Covered(about[m.Account]) } : m)
                .Where(m => m.Minor >= StoppableMoney.Least)
                .OrderByDescending(m => m.Minor).ThenBy(m => m.Account.ToString(), StringComparer.Ordinal),
        ];
    }

    /// <summary>How much lies there: what the trace finds, and no more than the last receipt that fell short leaves room for.</summary>
    private static long Present(Trace trace, StoppableMoney money, IEnumerable<Order> orders)
    {
        var last = orders.Where(o => o.ExecutedAt is not null && o.HeldMinor < o.AmountMinor).MaxBy(o => o.ExecutedAt);
        if (last is null) return money.Minor;
        var since = new[] { trace.Least, trace.Most }
            .Max(end => end.Flows.Where(f => f.To == money.Account && f.At > last.ExecutedAt).Sum(f => f.Stolen));
        return Math.Min(money.Minor, last.HeldMinor + since);
    }

    /// <summary>How much running orders see to: what they hold, or were sent to hold while no receipt tells.</summary>
    private static long Covered(IEnumerable<Order> orders)
    {
        var running = orders.Where(o => o.Running).ToList();
        var holds = HeldOrders.Governing(running).ToList();
        var waiting = running.Where(o => o.ExecutedAt is null && !(o.Kind == OrderKind.Freeze && holds.Exists(h => HeldOrders.Follows(o, h))));
        return holds.Sum(o => o.HeldMinor) + waiting.Sum(o => o.AmountMinor);
    }
}
