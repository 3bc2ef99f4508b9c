using System.Collections.Immutable;
using Cordon.Casework.Members;
using Cordon.Engine.Money;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Cases;

/// <summary>How a victim was reached, as a report tells it.</summary>
/// <param name="Victim">The victim's number.</param>
/// <param name="Callers">The numbers that called.</param>
/// <param name="PaidAt">The last payment: calls after it are no part of the fraud.</param>
public sealed record ReachedBy(PhoneNumber Victim, ImmutableArray<PhoneNumber> Callers, Instant PaidAt);

/// <summary>The chain of a case as far as the engine knows it. Pure: the same knowledge gives the same chain.</summary>
public static class KnownChain
{
    /// <summary>How long before a payment the calls that led to it are looked for. Ours.</summary>
    private static readonly TimeSpan CallsBefore = TimeSpan.FromDays(7);

    /// <summary>How long after money came into a pool its payments are looked at. Ours.</summary>
    private static readonly TimeSpan PoolAfter = TimeSpan.FromHours(24);

    /// <summary>Builds the chain.</summary>
    /// <param name="known">What the engine knows.</param>
    /// <param name="number">The case.</param>
    /// <param name="trace">The trace of the stolen money.</param>
    /// <param name="reached">How the victims were reached.</param>
    /// <param name="orders">The orders of the case.</param>
    /// <param name="sectorOf">The sector of a member.</param>
    /// <param name="questions">The questions of the case that were answered or ran out of time.</param>
    /// <param name="mixed">The same money followed by poison; see <see cref="FraudChainFacts.Mixed"/>.</param>
    /// <param name="leads">Feedback on leads of the case that was told or ran out of time.</param>
    public static FraudChain Of(
        EngineKnowledge known, string number, Trace trace, IEnumerable<ReachedBy> reached, IEnumerable<OrderFact> orders, Func<MemberCode, Sector?> sectorOf,
        IEnumerable<QuestionFact>? questions = null, Trace? mixed = null, IEnumerable<LeadFact>? leads = null) =>
        FraudChainBuilder.Build(new FraudChainFacts
        {
            Case = number,
            Trace = trace,
            Mixed = mixed,
            Calls = [.. reached.SelectMany(r => r.Callers.SelectMany(c => known.Calls.Between(c, r.Victim, r.PaidAt, CallsBefore)))],
            Orders = [.. orders],
            Questions = [.. questions ?? []],
            Leads = [.. leads ?? []],
            SubscriptionOf = (line, at) => known.Lines.Find(line) is { } told && told.At <= at ? told : null,
            LinesHeld = line => line.Person is { } holder ? known.Lines.CountOf(holder, line.Member, line.At) : null,
            OpeningOf = (account, at) => known.Accounts.Find(account) is { } opening && opening.At <= at ? opening : null,
            TransferOf = known.FindTransfer,
            PoolPayments = (pool, from) => PaymentsOf(known, pool, trace.Seeded.Currency, from),
            SectorOf = sectorOf,
        });

    // The institution's own payments after money came in: a leg without its order reference hides the way on.
    private static IEnumerable<Transfer> PaymentsOf(EngineKnowledge known, AccountNumber pool, Currency currency, Instant from)
    {
        var until = from + PoolAfter;
        for (var skip = 0; ; skip += TransferPage.MaxTake)
        {
            var page = known.Money.TransfersOf(pool, currency, skip, TransferPage.MaxTake);
            foreach (var paid in page)
            {
                if (paid.At > until) yield break;
                if (paid.At >= from && paid.Payer == pool && known.FindTransfer(paid.Member, paid.Id) is { } told) yield return told;
            }
            if (page.Count < TransferPage.MaxTake) yield break;
        }
    }
}
