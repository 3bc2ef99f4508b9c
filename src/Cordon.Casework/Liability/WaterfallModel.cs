using System.Collections.Immutable;
using Cordon.Casework.Duties;
using Cordon.Casework.Findings;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Liability;

/// <summary>
/// The waterfall: of the parties in the model's order, the first that breached a duty bears all of the loss; where none
/// did, the customer. A step of which something is unknown stops it, unless a breach at that step decides already.
/// </summary>
internal static class WaterfallModel
{
    public static LiabilityStatement Judge(LiabilityDraft draft, WaterfallTerms terms)
    {
        draft.SayUncovered();
        if (Circumstances.Applies(draft) is not { } applies) return draft.Finish(LiabilityOutcome.Undecided);
        if (!applies) return draft.Finish(LiabilityOutcome.Outside);
        if (InTime(draft, terms) is not { } inTime) return draft.Finish(LiabilityOutcome.Undecided);
        if (!inTime) return draft.Finish(LiabilityOutcome.Outside);
        var ends = Flows(draft, terms).Select(flow => (Flow: flow, End: Walk(draft, terms, flow))).ToList();
        // Part of a loss decided beside a part that is not would read as if the whole were: conclusions come only when all can.
        if (draft.HasQuestions) return draft.Finish(LiabilityOutcome.Undecided);
        var borne = ends.SelectMany(e => Conclude(draft, terms, e.Flow, e.End)).ToList();
        var merged = borne.GroupBy(b => (b.As, b.Member)).Select(g => (g.Key.As, g.Key.Member, g.Sum(b => b.Minor)));
        var recovered = Recoveries.Say(draft, "按各方承担额分配，超出部分归客户", "shared in proportion to what each bears; what is more goes to the customer", terms.Source);
        return draft.Finish(LiabilityOutcome.Decided, LiabilityShares.WithRecoveries(draft.Pack.Currency, merged, recovered));
    }

    /// <summary>Payments from one institution that the same duties decide: a duty may have come into force between two payments.</summary>
    private sealed record Flow(LiableMember Sending, ImmutableArray<VictimPayment> Payments, ImmutableArray<ImmutableArray<Duty>> Duties);

    private static IEnumerable<Flow> Flows(LiabilityDraft draft, WaterfallTerms terms) => draft.Covered
        .Select(p => (Payment: p, Duties: terms.Steps.Select(s => s.Duties.Select(id => draft.Pack.Find(id, p.At)).OfType<Duty>().ToImmutableArray()).ToImmutableArray()))
        .GroupBy(p => (p.Payment.Sending, Key: string.Join('|', p.Duties.SelectMany(d => d).Select(d => $"{d.Id}@{d.Term.From.Micros}"))))
        .OrderBy(g => g.Key.Sending?.ToString(), StringComparer.Ordinal).ThenBy(g => g.First().Payment.At).ThenBy(g => g.First().Payment.Id, StringComparer.Ordinal)
        .Select(g => new Flow(draft.Find(g.Key.Sending!.Value)!, [.. g.Select(p => p.Payment)], g.First().Duties));

    /// <summary>Whether report and papers came in time; null where that is not known.</summary>
    private static bool? InTime(LiabilityDraft draft, WaterfallTerms terms)
    {
        var paid = draft.Pack.DayOf(draft.Covered[^1].At);
        if (draft.Facts.Reported is not { } reported)
        {
            Ask(draft, "facts:reported", "客户何时报告？", "When did the customer report?");
            return null;
        }
        var due = paid.AddDays((int)terms.ReportDays.Value);
        var inTime = Within(
            draft, draft.Pack.DayOf(reported.At), due, "客户报告", "The customer's report came", terms.ReportDays.Source, "facts:reported", reported.Evidence);
        if (!inTime) return false;
        var papersDue = draft.Pack.DayOf(reported.At).AddDays((int)terms.PapersDays.Value);
        if (draft.Facts.Papers is { } papers)
            return Within(
                draft, draft.Pack.DayOf(papers.At), papersDue, "客户材料", "The customer's papers came", terms.PapersDays.Source, "facts:papers", papers.Evidence);
        Ask(draft, "facts:papers", $"客户材料何时到达（期限{LiabilityDraft.Date(papersDue)}）？", $"When did the customer's papers come (due {LiabilityDraft.Date(papersDue)})?");
        return null;
    }

    private static bool Within(
        LiabilityDraft draft, DateOnly day, DateOnly due, string zh, string en, DutySource source, string fact, IEnumerable<string> evidence)
    {
        var (on, by) = (LiabilityDraft.Date(day), LiabilityDraft.Date(due));
        draft.Say(
            day <= due ? $"{zh}的到达日期为{on}，在期限{by}之内。" : $"{zh}的到达日期为{on}，已过期限{by}，本模式不再强制任何一方，机构仍可自愿受理。",
            day <= due ? $"{en} on {on}, within the time that ended on {by}." : $"{en} on {on}, after {by}; the model then obliges nobody, and the institution may still take the claim up.",
            [source], [fact, .. evidence]);
        return day <= due;
    }

    private static void Ask(LiabilityDraft draft, string about, string zh, string en)
    {
        foreach (var sending in draft.Covered.Select(p => p.Sending).Distinct().OrderBy(m => m?.ToString(), StringComparer.Ordinal))
            draft.Ask(sending, about, null, zh, en);
    }

    /// <summary>Where a walk ended: the step and who breached a duty there; no step where none did, or where something must be asked first.</summary>
    private sealed record Ending(WaterfallStep? Step, List<LiableMember> Breached);

    private static Ending Walk(LiabilityDraft draft, WaterfallTerms terms, Flow flow)
    {
        for (var i = 0; i < terms.Steps.Length; i++)
        {
            var step = terms.Steps[i];
            var parties = Parties(draft, step.Bears, flow);
            if (parties.Count == 0)
                draft.Say(
                    $"事实中没有{Name(step.Bears).Zh}，此步无人承担。", $"The facts name no {Name(step.Bears).En}; nobody bears it at this step.",
                    [step.Source], flow.Payments.Select(draft.RecordOf));
            var standings = parties.ConvertAll(p => (Member: p, Standing: StandingAnswers.Say(draft, p, flow.Duties[i])));
            var breached = standings.FindAll(s => s.Standing == Standing.Breached).ConvertAll(s => s.Member);
            var unknown = standings.FindAll(s => s.Standing == Standing.Unknown).ConvertAll(s => s.Member);
            // One party alone in breach bears all, whatever else is unknown of it; among several, each unknown changes the shares.
            if (unknown.Count > 0)
            {
                foreach (var member in unknown) StandingAnswers.Ask(draft, member, flow.Duties[i]);
                return new Ending(null, []);
            }
            if (breached.Count > 0) return new Ending(step, breached);
        }
        return new Ending(null, []);
    }

    private static IEnumerable<(Bearer As, MemberCode? Member, long Minor)> Conclude(LiabilityDraft draft, WaterfallTerms terms, Flow flow, Ending end)
    {
        var sum = flow.Payments.Sum(p => p.Amount.Minor);
        if (end.Step is { } step) return Bear(draft, step, flow, end.Breached, sum);
        draft.Say(
            $"各方均未违反义务，{draft.Money(sum)}由客户承担。", $"None of them breached a duty; the customer bears {draft.Money(sum)}.",
            [terms.Source], flow.Payments.Select(draft.RecordOf));
        return [(Bearer.Customer, null, sum)];
    }

    private static IEnumerable<(Bearer As, MemberCode? Member, long Minor)> Bear(
        LiabilityDraft draft, WaterfallStep step, Flow flow, List<LiableMember> breached, long sum)
    {
        var shares = LargestRemainder.Divide(sum, [.. breached.Select(_ => 1L)]);
        for (var i = 0; i < breached.Count; i++)
            draft.Say(
                breached.Count == 1 ? $"故{draft.Money(sum)}全部由{breached[i].Member}承担。" : $"违反义务的有{breached.Count}方，平均分担，{breached[i].Member}承担{draft.Money(shares[i])}。",
                breached.Count == 1 ? $"So {breached[i].Member} bears all of {draft.Money(sum)}." : $"{breached.Count} breached; in equal parts (ours), {breached[i].Member} bears {draft.Money(shares[i])}.",
                [step.Source], flow.Payments.Select(draft.RecordOf));
        return breached.Select((m, i) => (AsOf(step.Bears), (MemberCode?)m.Member, shares[i]));
    }

    private static List<LiableMember> Parties(LiabilityDraft draft, LiabilityParty party, Flow flow) => party switch
    {
        LiabilityParty.Sending => [flow.Sending],
        LiabilityParty.Receiving => [.. flow.Payments.Select(p => p.Receiving).OfType<MemberCode>().Distinct().OrderBy(m => m.ToString(), StringComparer.Ordinal).Select(m => draft.Find(m)!)],
        _ => [.. draft.Facts.Members.Where(m => LiabilityReader.CanBe(LiabilityParty.Operator, m.Sector))],
    };

    private static Bearer AsOf(LiabilityParty party) => party switch
    {
        LiabilityParty.Sending => Bearer.Sending,
        LiabilityParty.Receiving => Bearer.Receiving,
        _ => Bearer.Operator,
    };

    private static Wording Name(LiabilityParty party) => party switch
    {
        LiabilityParty.Sending => new Wording("付款机构", "sending institution"),
        LiabilityParty.Receiving => new Wording("收款机构", "receiving institution"),
        _ => new Wording("电信企业", "telecom operator"),
    };
}
