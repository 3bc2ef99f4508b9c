namespace Cordon.Casework.Orders;

/// <summary>Which orders tell how much is held in accounts, no money counted twice.</summary>
internal static class HeldOrders
{
    /// <summary>
    /// Of each case and account: every stop and freeze that holds money, but of a freeze and the stop that it followed only the one that holds more,
    /// for they hold the same. What different cases hold in one account is told by each of them: each receipt speaks of its own order's money.
    /// </summary>
    public static IEnumerable<Order> Governing(IEnumerable<Order> orders) => orders
        .Where(o => o.Holds)
        .GroupBy(o => (o.CaseId, o.Account))
        .SelectMany(OfAccount)
        .OrderBy(o => o.Number, StringComparer.Ordinal);

    /// <summary>Whether a freeze was drafted from what a stop holds.</summary>
    public static bool Follows(Order freeze, Order stop) =>
        freeze.Follows is { } id ? id == stop.Id : freeze.AmountMinor == stop.HeldMinor && stop.ExecutedAt <= freeze.ProposedAt;

    private static IEnumerable<Order> OfAccount(IEnumerable<Order> holds)
    {
        var (freezes, stops) = (holds.Where(o => o.Kind == OrderKind.Freeze).OrderBy(o => o.Number, StringComparer.Ordinal), holds.Where(o => o.Kind == OrderKind.StopPayment).OrderBy(o => o.Number, StringComparer.Ordinal).ToList());
        foreach (var freeze in freezes)
        {
            var before = stops.Find(s => Follows(freeze, s));
            if (before is not null) stops.Remove(before);
            yield return before is not null && before.HeldMinor > freeze.HeldMinor ? before : freeze;
        }
        foreach (var stop in stops) yield return stop;
    }
}
