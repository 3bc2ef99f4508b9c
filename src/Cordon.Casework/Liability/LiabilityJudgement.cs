using System.Collections.Immutable;
using Cordon.Casework.Duties;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Liability;

/// <summary>Something that keeps facts from being judged.</summary>
/// <param name="Path">Where in the facts: <c>payments[2].amount</c>.</param>
/// <param name="Message">What is wrong, in one sentence.</param>
public sealed record LiabilityFault(string Path, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => Path.Length == 0 ? Message : $"{Path}: {Message}";
}

/// <summary>A statement of liability, or every fault of the facts that keeps it from being made.</summary>
/// <param name="Statement">The statement; null where there are faults.</param>
/// <param name="Faults">The faults; empty where there is a statement.</param>
public sealed record LiabilityJudgement(LiabilityStatement? Statement, ImmutableArray<LiabilityFault> Faults)
{
    /// <summary>Judges facts by the model of a pack that was in force at the last payment. Pure.</summary>
    /// <param name="facts">The facts.</param>
    /// <param name="pack">The pack.</param>
    public static LiabilityJudgement Of(LiabilityFacts facts, DutyPack pack)
    {
        var faults = LiabilityCheck.Faults(facts, pack);
        if (!faults.IsEmpty) return new LiabilityJudgement(null, faults);
        var ordered = LiabilityOrder.Of(facts);
        var last = ordered.Payments[^1].At;
        var draft = new LiabilityDraft(ordered, pack, pack.Liability.FirstOrDefault(t => t.Term.Covers(last)));
        draft.SayPayments();
        return new LiabilityJudgement(draft.Terms switch
        {
            FindingsTerms terms => FindingsModel.Judge(draft, terms),
            WaterfallTerms terms => WaterfallModel.Judge(draft, terms),
            SplitTerms terms => SplitModel.Judge(draft, terms),
            _ => NotYet(draft, last),
        }, []);
    }

    private static LiabilityStatement NotYet(LiabilityDraft draft, Instant last)
    {
        var first = draft.Pack.Liability[0];
        draft.Say(
            $"末次付款（{draft.Local(last)}）时，本规则包中的责任模式尚未施行或已失效，本声明不作判断。",
            $"At the last payment ({draft.Local(last)}) no model of this pack was in force; nothing is decided here.",
            [first.Source], [draft.RecordOf(draft.Facts.Payments[^1])]);
        return draft.Finish(LiabilityOutcome.Outside);
    }
}

/// <summary>Puts facts into one order, so that the order in which they were told can change nothing.</summary>
internal static class LiabilityOrder
{
    public static LiabilityFacts Of(LiabilityFacts facts) => facts with
    {
        Payments = [.. facts.Payments.OrderBy(p => p.At).ThenBy(p => p.Id, StringComparer.Ordinal).Select(p => p with { Evidence = Sorted(p.Evidence) })],
        Members =
        [
            .. facts.Members.OrderBy(m => m.Member.ToString(), StringComparer.Ordinal).Select(m => m with
            {
                Answers =
                [
                    .. m.Answers.OrderBy(a => a.Duty, StringComparer.Ordinal).ThenBy(a => a.Link, StringComparer.Ordinal)
                        .Select(a => a with { Evidence = Sorted(a.Evidence) }),
                ],
            }),
        ],
        Reported = facts.Reported is { } r ? r with { Evidence = Sorted(r.Evidence) } : null,
        Papers = facts.Papers is { } p ? p with { Evidence = Sorted(p.Evidence) } : null,
        Authorised = Sorted(facts.Authorised),
        Malware = Sorted(facts.Malware),
        FirstPartyFraud = Sorted(facts.FirstPartyFraud),
        GrossNegligence = Sorted(facts.GrossNegligence),
        Vulnerable = Sorted(facts.Vulnerable),
        Excess = facts.Excess is { } e ? e with { Evidence = Sorted(e.Evidence) } : null,
        Recovered = facts.Recovered is { } w ? w with { Evidence = Sorted(w.Evidence) } : null,
        ClockStops = [.. facts.ClockStops.OrderBy(s => s.From).ThenBy(s => s.To ?? DateOnly.MaxValue).Select(s => s with { Evidence = Sorted(s.Evidence) })],
        Holidays = [.. facts.Holidays.Distinct().Order()],
    };

    public static ImmutableArray<string> Sorted(IEnumerable<string> records) => [.. records.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static ShownFact? Sorted(ShownFact? fact) => fact is null ? null : fact with { Evidence = Sorted(fact.Evidence) };
}
