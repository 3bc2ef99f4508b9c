using Cordon.Casework.Duties;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Liability;

/// <summary>
/// The split: the sending institution pays the customer back, up to a cap and less an excess, and the receiving ones give
/// it their part. No breach is asked for.
/// </summary>
internal static class SplitModel
{
    public static LiabilityStatement Judge(LiabilityDraft draft, SplitTerms terms)
    {
        draft.SayUncovered();
        if (Circumstances.Applies(draft) is not { } applies) return draft.Finish(LiabilityOutcome.Undecided);
        if (!applies) return draft.Finish(LiabilityOutcome.Outside);
        if (draft.Facts.Reported is not { } reported)
        {
            draft.Ask(Sending(draft), "facts:reported", null, "客户何时提出索赔？", "When did the customer claim?");
            return draft.Finish(LiabilityOutcome.Undecided);
        }
        if (!InTime(draft, terms, reported)) return draft.Finish(LiabilityOutcome.Outside);
        var covered = draft.Covered.Sum(p => p.Amount.Minor);
        if (Reimbursed(draft, terms, covered) is not { } paid) return draft.Finish(LiabilityOutcome.Undecided);
        var borne = Halves(draft, terms, paid);
        if (covered > paid) borne.Add((Bearer.Customer, null, covered - paid));
        var payBy = PayBy(draft, terms, reported);
        var recovered = Recoveries.Say(
            draft, "按各机构偿付额分配，超出部分归客户", "shared as the institutions paid; what is more goes to the customer", terms.Source);
        return draft.Finish(LiabilityOutcome.Decided, LiabilityShares.WithRecoveries(draft.Pack.Currency, borne, recovered), payBy);
    }

    private static MemberCode Sending(LiabilityDraft draft) => draft.Covered[0].Sending!.Value;

    private static bool InTime(LiabilityDraft draft, SplitTerms terms, ToldAt reported)
    {
        var due = draft.Pack.DayOf(draft.Covered[^1].At).AddMonths((int)terms.ClaimMonths.Value);
        var day = draft.Pack.DayOf(reported.At);
        var (on, by) = (LiabilityDraft.Date(day), LiabilityDraft.Date(due));
        draft.Say(
            day <= due ? $"客户于{on}提出索赔，在期限{by}之内。" : $"客户于{on}提出索赔，已过期限{by}，本模式不适用。",
            day <= due ? $"The customer claimed on {on}, within the time that ended on {by}." : $"The customer claimed on {on}, after {by}; the model does not apply.",
            [terms.ClaimMonths.Source], ["facts:reported", .. reported.Evidence]);
        return day <= due;
    }

    /// <summary>What is paid back, minor units; null where it depends on what is not known.</summary>
    private static long? Reimbursed(LiabilityDraft draft, SplitTerms terms, long covered)
    {
        var capped = Math.Min(covered, terms.Cap.Value);
        var records = draft.Covered.Select(draft.RecordOf).ToList();
        draft.Say(
            covered > capped ? $"偿付以{draft.Money(terms.Cap.Value)}为限，超出的{draft.Money(covered - capped)}由客户承担。" : $"{draft.Money(covered)}不超过偿付限额{draft.Money(terms.Cap.Value)}。",
            covered > capped
                ? $"At most {draft.Money(terms.Cap.Value)} is paid back; {draft.Money(covered - capped)} above it stays with the customer."
                : $"{draft.Money(covered)} does not exceed {draft.Money(terms.Cap.Value)}, the most that is paid back.",
            [terms.Cap.Source], records);
        if (draft.Facts.Excess is not { Amount.Minor: > 0 } excess)
        {
            draft.Say("付款机构未主张免赔额。", "The sending institution leaves no excess with the customer.", [terms.Excess.Source], records);
            return capped;
        }
        if (draft.Facts.Vulnerable is not { } vulnerable)
        {
            draft.Ask(Sending(draft), "facts:vulnerable", null, "客户是否属弱势客户？", "Is the customer vulnerable?");
            return null;
        }
        var left = vulnerable.Is ? 0 : Math.Min(Math.Min(excess.Amount.Minor, terms.Excess.Value), capped);
        var cut = !vulnerable.Is && excess.Amount.Minor > terms.Excess.Value;
        draft.Say(
            vulnerable.Is ? "主张了免赔额，但客户属弱势客户，不予扣除。" : $"免赔额{draft.Money(left)}由客户承担{(cut ? $"（主张{excess.Amount}，超过上限）" : "")}。",
            vulnerable.Is ? "An excess is asked, but the customer is vulnerable; none is left with the customer." : $"An excess of {draft.Money(left)} stays with the customer{(cut ? $" ({excess.Amount} was asked, more than is allowed)" : "")}.",
            [terms.Excess.Source], ["facts:excess", "facts:vulnerable", .. excess.Evidence, .. vulnerable.Evidence]);
        return capped - left;
    }

    /// <summary>The parts of sending and receiving; an odd unit of the division falls on the sending one.</summary>
    private static List<(Bearer As, MemberCode? Member, long Minor)> Halves(LiabilityDraft draft, SplitTerms terms, long paid)
    {
        var received = (long)((Int128)paid * (100 - terms.SendingPercent.Value) / 100);
        var into = draft.Covered.GroupBy(p => p.Receiving!.Value).OrderBy(g => g.Key.ToString(), StringComparer.Ordinal)
            .Select(g => (Member: g.Key, Payments: g.ToList())).ToList();
        var parts = LargestRemainder.Divide(received, [.. into.Select(g => g.Payments.Sum(p => p.Amount.Minor))]);
        var sending = Sending(draft);
        draft.Say(
            $"{sending}向客户偿付{draft.Money(paid)}，其中{draft.Money(paid - received)}由其承担（{terms.SendingPercent.Value}%）。",
            $"{sending} pays the customer {draft.Money(paid)} and bears {draft.Money(paid - received)} of it ({terms.SendingPercent.Value} per cent).",
            [terms.SendingPercent.Source], draft.Covered.Select(draft.RecordOf));
        var borne = new List<(Bearer As, MemberCode? Member, long Minor)> { (Bearer.Sending, sending, paid - received) };
        for (var i = 0; i < into.Count; i++)
        {
            draft.Say(
                $"{into[i].Member}向{sending}支付{draft.Money(parts[i])}{(into.Count > 1 ? "，按其收款额比例" : "")}。",
                $"{into[i].Member} pays {sending} {draft.Money(parts[i])}{(into.Count > 1 ? ", in proportion to what it received (ours)" : "")}.",
                [terms.SendingPercent.Source], into[i].Payments.Select(draft.RecordOf));
            borne.Add((Bearer.Receiving, into[i].Member, parts[i]));
        }
        return borne;
    }

    private static DateOnly PayBy(LiabilityDraft draft, SplitTerms terms, ToldAt reported)
    {
        var days = new BusinessDays(draft.Facts.Holidays);
        var claimed = draft.Pack.DayOf(reported.At);
        var (plain, last) = (days.After(claimed, terms.PayDays.Value), days.After(claimed, terms.LastDays.Value));
        var stopped = days.After(claimed, terms.PayDays.Value, draft.Facts.ClockStops, last);
        var due = stopped ?? last;
        draft.Say(
            $"客户应于{LiabilityDraft.Date(due)}前获偿：索赔后第{terms.PayDays.Value}个营业日{(due == plain ? "" : $"，因暂停计时由{LiabilityDraft.Date(plain)}顺延")}{(stopped is null ? $"，至多到第{terms.LastDays.Value}个营业日" : "")}。",
            $"The customer is to be paid by {LiabilityDraft.Date(due)}: business day {terms.PayDays.Value} after the claim{(due == plain ? "" : $", put off from {LiabilityDraft.Date(plain)} because the clock was stopped")}{(stopped is null ? $", to business day {terms.LastDays.Value} at most" : "")}.",
            due == plain ? [terms.PayDays.Source] : [terms.PayDays.Source, terms.LastDays.Source],
            ["facts:reported", .. reported.Evidence, .. due == plain ? [] : draft.Facts.ClockStops.SelectMany(s => s.Evidence)]);
        return due;
    }
}
