using System.Collections.Immutable;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Liability;

/// <summary>Who bears what, with what was won back.</summary>
internal static class LiabilityShares
{
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
        var back = paid.Count == 0 ? [] : LargestRemainder.Divide(toMembers, paid);
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
