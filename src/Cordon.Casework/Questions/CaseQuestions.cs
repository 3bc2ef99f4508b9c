using Cordon.Casework.Cases;
using Cordon.Casework.Duties;
using Cordon.Casework.Findings;
using Cordon.Casework.Liability;
using Cordon.Casework.Storage;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Questions;

/// <summary>Asks members what the judgement of a case hangs on and nobody told.</summary>
internal static class CaseQuestions
{
    /// <summary>At most so many new questions of a case at once; the next following asks the rest. Ours.</summary>
    private const int MostAtOnce = 100;

    /// <summary>
    /// Brings the questions of a case up to its judgement: what is unknown is asked once, what was told meanwhile is asked no more. Without a time for answers in
    /// the pack nothing is asked. Pure but for the change.
    /// </summary>
    /// <param name="change">The change in which.</param>
    /// <param name="chain">The chain of the case.</param>
    /// <param name="result">Its judgement.</param>
    /// <param name="pack">The pack that judged.</param>
    /// <param name="caseId">The case.</param>
    /// <param name="questions">Its questions so far.</param>
    public static async Task BringUpAsync(Change change, FraudChain chain, AttributionResult result, DutyPack pack, Guid caseId, List<Question> questions)
    {
        if (pack.Liability.LastOrDefault(t => t.Term.Covers(change.Now)) is not { } terms) return;
        var due = pack.AtMidnight(pack.DayOf(change.Now).AddDays((int)terms.AskDays.Value + 1));
        var hanging = Hanging(chain, result, pack, terms).ToList();
        var still = hanging.Select(h => (h.Member, h.About, h.Link)).ToHashSet();
        var links = chain.Links.Select(l => l.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var open in questions.Where(q => q.State == QuestionState.Asked && !still.Contains((q.Member, q.About, q.Link))))
            change.Carry(open, QuestionRules.Decide(open, open.Link.Length == 0 || links.Contains(open.Link) ? new NoteTold() : new WithdrawQuestion(), change.Actor, change.Now));
        var asked = questions.Select(q => (q.Member, q.About, q.Link)).ToHashSet();
        foreach (var one in hanging.Where(h => !asked.Contains((h.Member, h.About, h.Link))).Take(MostAtOnce))
        {
            var year = change.Now.ToDateTimeOffset().Year;
            var number = $"Q-{year}-{await change.NextNumberAsync($"question-{year}"):D6}";
            change.Begin(new Question(), new QuestionAsked(
                change.Now, change.NewId(), number, caseId, one.Member, one.Agent, one.About, one.Link, [.. one.Duties], one.Text.Zh, one.Text.En, due));
        }
    }

    /// <summary>Ends what is open of a case that is judged no more.</summary>
    public static void WithdrawAll(Change change, IEnumerable<Question> questions)
    {
        foreach (var open in questions) change.Carry(open, QuestionRules.Decide(open, new WithdrawQuestion(), change.Actor, change.Now));
    }

    /// <summary>What the judgement of a case hangs on and nobody told.</summary>
    internal static IEnumerable<HangingOn> Hanging(FraudChain chain, AttributionResult result, DutyPack pack, LiabilityTerms terms)
    {
        var proven = chain.Links.Where(l => l.Proven).Select(l => l.Id).ToHashSet(StringComparer.Ordinal);
        // Where the link itself is in doubt an answer would prove nothing against anybody.
        var untold = result.Assessments.Where(a => a.Standing == Standing.Unknown && proven.Contains(a.Link))
            .SelectMany(a => a.Reasons.Where(r => r.Value == "unknown" && QuestionCatalogue.Facts.Contains(r.Fact)).Select(r => (Assessment: a, r.Fact)));
        foreach (var one in untold.GroupBy(u => (u.Assessment.Member, u.Fact, u.Assessment.Link)))
            yield return new HangingOn(
                one.Key.Member, one.Select(u => u.Assessment.Agent).FirstOrDefault(a => a is not null), one.Key.Fact, one.Key.Link,
                one.Select(u => u.Assessment.Duty).Distinct(StringComparer.Ordinal), QuestionCatalogue.TextOf(one.Key.Fact, one.Key.Link));
        // Where the model lays losses on members, it asks for more than a chain tells.
        if (terms is FindingsTerms) yield break;
        var facts = CaseLiability.FactsOf(chain, result);
        if (facts.Payments.IsEmpty || LiabilityJudgement.Of(facts, pack).Statement is not { } statement) yield break;
        foreach (var open in statement.Open)
            if (open is { Member: { } member, Link: null })
                yield return new HangingOn(member, null, open.About, "", pack.Duties.Any(d => d.Id == open.About) ? [open.About] : [], open.Question);
    }

    /// <summary>One thing that is not told.</summary>
    internal sealed record HangingOn(MemberCode Member, string? Agent, string About, string Link, IEnumerable<string> Duties, Wording Text);
}
