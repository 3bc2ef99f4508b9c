using System.Collections.Immutable;
using System.Globalization;
using Cordon.Casework.Duties;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Liability;

/// <summary>A statement while it is being made: the facts in order, and what was said, asked and given so far.</summary>
/// <param name="facts">The facts, checked and in order.</param>
/// <param name="pack">The pack.</param>
/// <param name="terms">The model in force at the last payment.</param>
internal sealed class LiabilityDraft(LiabilityFacts facts, DutyPack pack, LiabilityTerms? terms)
{
    private readonly List<ReasonedSentence> sentences = [];
    private readonly List<OpenQuestion> open = [];

    public LiabilityFacts Facts => facts;

    public DutyPack Pack => pack;

    public LiabilityTerms? Terms => terms;

    public Amount Loss { get; } = new(facts.Payments.Sum(p => p.Amount.Minor), pack.Currency);

    public bool HasQuestions => open.Count > 0;

    /// <summary>The payments that the model in force covers; the others were made before it or after.</summary>
    public ImmutableArray<VictimPayment> Covered { get; } = [.. facts.Payments.Where(p => terms?.Term.Covers(p.At) == true)];

    public Amount Money(long minor) => new(minor, pack.Currency);

    /// <summary>An instant as people there read their clocks, with the offset in which the law's days begin.</summary>
    public string Local(Instant at) =>
        (at + pack.UtcOffset).ToDateTimeOffset().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC" + Offset;

    public static string Date(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public string RecordOf(VictimPayment payment) => $"payment:{payment.Id}";

    public LiableMember? Find(MemberCode member) => facts.Members.FirstOrDefault(m => m.Member == member);

    public void Say(string zh, string en, IEnumerable<DutySource> sources, IEnumerable<string> records) =>
        sentences.Add(new ReasonedSentence(new Wording(zh, en), [.. sources.Select(CitedSource.Of).Distinct()], LiabilityOrder.Sorted(records)));

    /// <summary>Asks, with the time that the pack gives for an answer.</summary>
    public void Ask(MemberCode? member, string about, string? link, string zh, string en)
    {
        var question = new OpenQuestion(member, about, link, new Wording(zh, en), AnswerBy, CitedSource.Of(terms!.AskDays.Source));
        if (!open.Contains(question)) open.Add(question);
    }

    public void SayPayments()
    {
        foreach (var p in facts.Payments)
            Say(
                $"{Local(p.At)}，客户{(p.Sending is { } a ? $"自{a}" : "")}{(p.Receiving is { } b ? $"向{b}" : "")}付款{p.Amount}。",
                $"On {Local(p.At)} the customer paid {p.Amount}{(p.Sending is { } c ? $" from {c}" : "")}{(p.Receiving is { } d ? $" to {d}" : "")}.",
                [], [RecordOf(p), .. p.Evidence]);
        if (facts.Payments.Length > 1)
            Say($"付款合计{Loss}，即本案损失。", $"The payments come to {Loss}; that is the loss.", [], facts.Payments.Select(RecordOf));
    }

    /// <summary>Says which payments the model does not cover, because it was not in force.</summary>
    public void SayUncovered()
    {
        var outside = facts.Payments.Except(Covered).ToList();
        if (outside.Count == 0) return;
        var sum = Money(outside.Sum(p => p.Amount.Minor));
        Say(
            $"其中{sum}于本模式施行前付出，不在其内。",
            $"{sum} of it was paid before the model was in force and lies outside it.",
            [terms!.Source], outside.Select(RecordOf));
    }

    public LiabilityStatement Finish(LiabilityOutcome outcome, IEnumerable<LiabilityShare>? shares = null, DateOnly? payBy = null)
    {
        if (open.Count > 0)
            Say(
                $"尚有{open.Count}个问题待答，须于{Date(AnswerBy)}前答复；答复前不作推定。",
                $"{open.Count} {(open.Count == 1 ? "question is" : "questions are")} open and to be answered by {Date(AnswerBy)}; until then nothing is presumed.",
                [terms!.AskDays.Source], []);
        ImmutableArray<LiabilityShare> given = outcome == LiabilityOutcome.Decided && shares is not null ? [.. shares] : [];
        var rest = checked(Loss.Minor - given.Sum(s => s.Bears.Minor));
        return new LiabilityStatement(
            facts.Case, pack.Id, pack.Hash, terms?.Model, facts.At, outcome, Loss, given, Money(rest), payBy, [.. open], [.. sentences]);
    }

    private string Offset => (pack.UtcOffset < TimeSpan.Zero ? "-" : "+") + pack.UtcOffset.ToString(@"hh\:mm", CultureInfo.InvariantCulture);

    private DateOnly AnswerBy => pack.DayOf(facts.At).AddDays((int)terms!.AskDays.Value);
}
