using System.Collections.Immutable;
using Cordon.Casework.Orders;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Restitution;

/// <summary>One entry of a ledger: so much goes from one of its accounts to another.</summary>
/// <param name="At">When.</param>
/// <param name="From">The account that it leaves.</param>
/// <param name="To">The account that it enters.</param>
/// <param name="Minor">How much, minor units, above zero.</param>
/// <param name="Record">The record that it rests on: <c>order:…</c>, by its id.</param>
public sealed record Posting(Instant At, string From, string To, long Minor, string Record);

/// <summary>
/// A ledger's books by double entry, made from its orders. What was held is at any time either unassigned, owed to a victim, or paid to one;
/// nothing else, and not a minor unit more or less.
/// </summary>
/// <param name="Postings">The entries, in order of time.</param>
public sealed record LedgerBook(ImmutableArray<Posting> Postings)
{
    /// <summary>Where held money comes from.</summary>
    public const string Holder = "holder";

    /// <summary>Held money that nobody is owed yet: it stays frozen.</summary>
    public const string Unassigned = "unassigned";

    /// <summary>What a victim is owed.</summary>
    public static string OwedTo(Guid report) => $"owed:{report}";

    /// <summary>What a victim was paid.</summary>
    public static string PaidTo(Guid report) => $"paid:{report}";

    /// <summary>What is on each account after all entries, by account. The holder's is negative: what was taken from it.</summary>
    public ImmutableSortedDictionary<string, long> Balances()
    {
        var balances = ImmutableSortedDictionary.CreateBuilder<string, long>(StringComparer.Ordinal);
        foreach (var posting in Postings)
        {
            balances[posting.From] = checked(balances.GetValueOrDefault(posting.From) - posting.Minor);
            balances[posting.To] = checked(balances.GetValueOrDefault(posting.To) + posting.Minor);
        }
        return balances.ToImmutable();
    }

    /// <summary>The books of a ledger.</summary>
    /// <param name="holds">The orders that hold, or held, money in the account.</param>
    /// <param name="returns">The returns of the ledger.</param>
    public static LedgerBook Of(IEnumerable<Order> holds, IEnumerable<Order> returns)
    {
        var postings = new List<Posting>();
        foreach (var hold in HeldOrders.Governing(holds))
            postings.Add(new Posting(hold.ExecutedAt!.Value, Holder, Unassigned, hold.HeldMinor, RecordOf(hold)));
        foreach (var order in returns)
        {
            var report = order.Report!.Value;
            postings.Add(new Posting(order.IssuedAt!.Value, Unassigned, OwedTo(report), order.AmountMinor, RecordOf(order)));
            if (order.State == OrderState.Paid) postings.Add(new Posting(order.PaidAt!.Value, OwedTo(report), PaidTo(report), order.AmountMinor, RecordOf(order)));
            // One that was declined or lifted is owed no longer.
            else if (order.Ended) postings.Add(new Posting(order.EndedAt!.Value, OwedTo(report), Unassigned, order.AmountMinor, RecordOf(order)));
        }
        return new LedgerBook([.. postings.OrderBy(p => p.At).ThenBy(p => p.Record, StringComparer.Ordinal).ThenBy(p => p.From == Unassigned ? 0 : 1)]);
    }

    private static string RecordOf(Order order) => $"order:{order.Id}";
}

/// <summary>How much is held in an account.</summary>
internal static class HeldMoney
{
    /// <summary>What is held and not ordered back, minor units; 0 where more was ordered back than is held now.</summary>
    public static long Free(IEnumerable<Order> holds, IEnumerable<Order> returns) =>
        Math.Max(0, HeldOrders.Governing(holds).Sum(o => o.HeldMinor) - returns.Where(Counts).Sum(o => o.AmountMinor));

    /// <summary>Whether a return takes money from the sum: it is on its way, or paid.</summary>
    public static bool Counts(Order order) => order.State == OrderState.Paid || !order.Ended;
}
