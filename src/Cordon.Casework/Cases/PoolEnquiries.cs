using System.Collections.Immutable;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Casework.Storage;
using Cordon.Engine.Money;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Cases;

/// <summary>
/// Asks payment institutions about what their pools hide. A draft follows the trace until police issue or drop it; a transfer is asked about once in a
/// case; an enquiry whose transfers hide nothing any more is answered, by whichever way the facts came.
/// </summary>
internal static class PoolEnquiries
{
    /// <summary>Why a draft is dropped whose question the signals answered.</summary>
    public const string WayKnown = "The way on is known now.";

    /// <summary>Brings the enquiries of a case up to its trace.</summary>
    /// <param name="change">The change in which.</param>
    /// <param name="followed">The case.</param>
    /// <param name="trace">Its trace. The end at which money goes furthest is asked about: at the other it may not have come there.</param>
    /// <param name="orders">The orders of the case.</param>
    /// <param name="sectors">The sectors of members.</param>
    /// <param name="least">Less than this is not asked about, minor units.</param>
    public static async Task BringUpAsync(Change change, Case followed, Trace trace, List<Order> orders, Dictionary<MemberCode, Sector> sectors, long least)
    {
        var enquiries = orders.Where(o => o.Kind == OrderKind.Enquiry).ToList();
        var hidden = trace.Least.Hidden.Where(h => sectors.ContainsKey(h.Pool.Member)).ToList();
        var still = hidden.Select(h => (h.Member, h.Transfer)).ToHashSet();
        foreach (var open in enquiries.Where(o => o.State == OrderState.Issued && !o.Asked.Any(a => still.Contains((a.Teller, a.Transfer)))))
            change.Carry(open, OrderRules.Decide(open, new NoteAnswered(), change.Actor, change.Now));
        foreach (var waiting in enquiries.Where(o => o.State == OrderState.AwaitsApproval && !o.Asked.Any(a => still.Contains((a.Teller, a.Transfer)))))
            change.Carry(waiting, OrderRules.Decide(waiting, new WithdrawOrder(WayKnown), change.Actor, change.Now));
        var asked = enquiries.Where(o => o.State != OrderState.Proposed && !(o.State == OrderState.Withdrawn && o.Reason == WayKnown))
            .SelectMany(o => o.Asked).Select(a => (a.Teller, a.Transfer)).ToHashSet();
        var drafts = enquiries.Where(o => o.State == OrderState.Proposed).ToDictionary(o => o.Account!.Value);
        foreach (var pool in hidden.Where(h => !asked.Contains((h.Member, h.Transfer))).GroupBy(h => h.Pool))
        {
            var questions = pool.Select(h => new AskedTransfer(h.Member, h.Transfer, h.Reference, h.Units)).ToImmutableArray();
            var sum = new Amount(questions.Sum(q => q.HiddenMinor), followed.Currency);
            if (sum.Minor < least) continue;
            if (!drafts.Remove(pool.Key, out var draft)) await OrderDesk.ProposeEnquiryAsync(change, followed.Id, pool.Key, sum, questions);
            else if (!draft.Asked.SequenceEqual(questions)) change.Record(draft, new EnquiryRevised(change.Now, sum, questions));
        }
        foreach (var draft in drafts.Values) change.Carry(draft, OrderRules.Decide(draft, new WithdrawOrder(WayKnown), change.Actor, change.Now));
    }
}

/// <summary>What one pool hides of a case's money, and until when its institution owes the answer.</summary>
/// <param name="Pool">The pooled account.</param>
/// <param name="Amount">How much, where money went furthest.</param>
/// <param name="Transfers">In which transfers, and how much of each.</param>
/// <param name="Enquiry">The id of the enquiry about it: the open one, or else the last; absent where none was drafted.</param>
/// <param name="Number">Its number.</param>
/// <param name="State">Where it stands.</param>
/// <param name="AnswerBy">By when it must be answered; absent until it is issued.</param>
public sealed record HiddenMoney(
    AccountNumber Pool, Amount Amount, ImmutableArray<TraceHidden> Transfers, Guid? Enquiry, string? Number, OrderState? State, Instant? AnswerBy)
{
    /// <summary>Pool by pool.</summary>
    /// <param name="trace">The trace of the case; null where there is none.</param>
    /// <param name="orders">The orders of the case, the newest first.</param>
    public static IReadOnlyList<HiddenMoney> Of(Trace? trace, IReadOnlyList<Order> orders) => trace is null ? [] :
    [
        .. trace.Least.Hidden.GroupBy(h => h.Pool).Select(pool =>
        {
            var about = orders.Where(o => o.Kind == OrderKind.Enquiry && o.Account == pool.Key).OrderBy(o => o.Ended).FirstOrDefault();
            return new HiddenMoney(
                pool.Key, new Amount(pool.Sum(h => h.Units), trace.Seeded.Currency), [.. pool], about?.Id, about?.Number, about?.State, about?.AnswerBy);
        }),
    ];
}
