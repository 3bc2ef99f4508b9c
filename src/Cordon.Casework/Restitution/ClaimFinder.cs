using System.Collections.Immutable;
using Cordon.Casework.Cases;
using Cordon.Engine.Money;
using Cordon.Engine.Signals;
using Cordon.Journal;

namespace Cordon.Casework.Restitution;

/// <summary>A payment of a victim that was found among the signals.</summary>
/// <param name="Report">The report that tells of it.</param>
/// <param name="Case">Its case.</param>
/// <param name="Seed">The payment.</param>
internal readonly record struct VerifiedLoss(Guid Report, Guid Case, CaseSeed Seed);

/// <summary>Finds who has a claim on what is held in an account: follows all losses together, by each method.</summary>
internal static class ClaimFinder
{
    private static readonly AttributionMethod[] Methods = [AttributionMethod.Fifo, AttributionMethod.RollingCharge, AttributionMethod.LowestIntermediateBalance];

    /// <summary>The claims, in the order of the losses.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="account">The account.</param>
    /// <param name="losses">The verified losses of the cases that hold money there, each payment once, in an order that only facts decide.</param>
    /// <param name="paid">What a report was paid from the ledger before, minor units; what is on its way counts as paid.</param>
    /// <param name="elsewhere">What it was paid from other ledgers, likewise: so much of the loss is made good, and claims nothing any more.</param>
    public static ImmutableArray<VictimClaim> Find(
        JournaledEngine engine, AccountNumber account, IReadOnlyList<VerifiedLoss> losses, IReadOnlyDictionary<Guid, long> paid,
        IReadOnlyDictionary<Guid, long> elsewhere)
    {
        if (losses.Count == 0) return [];
        var seeds = losses.Select(l => (TraceSeed)new TransferSeed(l.Seed.Member, l.Seed.Transfer)).ToImmutableArray();
        var traces = engine.Read(e => Methods.Select(method =>
            e.Known.Money.Trace(new TraceRequest(seeds, Instant.Max, TraceBounds.Default, method), out var trace) is null ? trace : null).ToArray());
        var reportOf = losses.ToDictionary(l => (l.Seed.Member, l.Seed.Transfer), l => l.Report);
        var followed = traces.Select(trace => trace is null ? [] : trace.Least.Claims.Where(c => c.Account == account)
            .GroupBy(c => reportOf[(c.Member, c.Transfer)]).ToDictionary(g => g.Key, g => g.Sum(c => c.Units))).ToArray();
        return
        [
            .. losses.GroupBy(l => (l.Report, l.Case)).Select(g => new VictimClaim(
                g.Key.Report, g.Key.Case, g.Sum(l => l.Seed.Amount.Minor) - elsewhere.GetValueOrDefault(g.Key.Report),
                [.. Methods.Select((method, i) => new FollowedMoney(method, followed[i].GetValueOrDefault(g.Key.Report), traces[i]?.Exact ?? false))],
                paid.GetValueOrDefault(g.Key.Report)))
                .Where(c => c.LossMinor > 0 && (c.PaidMinor > 0 || c.Followed.Any(f => f.Minor > 0))),
        ];
    }

    /// <summary>The account that a payment came from; null where its bank did not tell.</summary>
    public static AccountNumber? PayerOf(JournaledEngine engine, CaseSeed seed) =>
        engine.Read(e => e.Known.Money.TryGetTransfer(seed.Member, seed.Transfer, out var facts) ? facts.Payer : null);
}
