using System.Collections.Immutable;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Liability;

/// <summary>Divides sums in whole minor units so that no unit is lost and none is made.</summary>
internal static class LiabilityShares
{
    /// <summary>
    /// Divides in proportion to weights, none negative and not all zero. Each gets the whole units due; those left over go one each to the largest
    /// fractions, and at equal fractions to the earlier weight.
    /// </summary>
    public static long[] Divide(long sum, IReadOnlyList<long> weights)
    {
        Int128 total = 0;
        foreach (var weight in weights) total += weight;
        var parts = weights.Select(w => (Whole: (long)((Int128)sum * w / total), Over: (Int128)sum * w % total)).ToArray();
        var left = sum - parts.Sum(p => p.Whole);
        var shares = parts.Select(p => p.Whole).ToArray();
        foreach (var index in Enumerable.Range(0, parts.Length).OrderByDescending(i => parts[i].Over).ThenBy(i => i).Take(checked((int)left)))
            shares[index]++;
        return shares;
    }

    /// <summary>
    /// What each bears, with what was won back: first to the members in proportion to what they bear, what is more than that to the customer.
    /// Who bears nothing is left out.
    /// </summary>
    public static ImmutableArray<LiabilityShare> WithRecoveries(
        Currency currency, IEnumerable<(Bearer As, MemberCode? Member, long Minor)> borne, long recovered)
    {
        var bearers = borne.Where(b => b.Minor > 0)
            .OrderBy(b => b.As == Bearer.Customer).ThenBy(b => b.As).ThenBy(b => b.Member?.ToString(), StringComparer.Ordinal).ToList();
        var paid = bearers.Where(b => b.Member is not null).Select(b => b.Minor).ToList();
        var toMembers = Math.Min(recovered, paid.Sum());
        var back = paid.Count == 0 ? [] : Divide(toMembers, paid);
        return
        [
            .. bearers.Select((b, i) =>
            {
                var won = b.Member is null ? Math.Min(recovered - toMembers, b.Minor) : back[i];
                return new LiabilityShare(b.As, b.Member, new Amount(b.Minor, currency), new Amount(won, currency), new Amount(b.Minor - won, currency));
            }),
        ];
    }
}
