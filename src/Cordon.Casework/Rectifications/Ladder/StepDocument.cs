using Cordon.Casework.Documents;
using Cordon.Casework.Duties;

namespace Cordon.Casework.Rectifications.Ladder;

/// <summary>A step of the ladder as a document: number, reason, basis, effect, dates, appeal.</summary>
internal static class StepDocument
{
    /// <summary>Writes it.</summary>
    /// <param name="step">The step.</param>
    /// <param name="subject">The subject's name.</param>
    public static DocumentText Of(LadderStep step, Wording subject)
    {
        var lines = new DocumentLines(step.Terms.UtcOffset);
        var rung = RungOf(step.Rung);
        lines.Add($"{rung.Zh}决定书 {step.Number}", $"{rung.En} {step.Number}");
        lines.Add($"单位：{subject.Zh}（{step.Subject}）{step.Unit}", $"Subject: {subject.En} ({step.Subject}) {step.Unit}");
        foreach (var officer in step.Officers) lines.Add($"责任人：{officer.NameZh}", $"Responsible officer: {officer.NameEn}");
        lines.Break().Add($"事由：{step.ReasonZh}", $"Reason: {step.ReasonEn}");
        var tier = DocumentLines.Tier(step.Basis.Tier, step.Basis.Mark);
        lines.Add($"依据：{step.Basis.Zh}（{tier.Zh}）", $"Basis: {step.Basis.En} ({tier.En})");
        lines.Break();
        if (step.IssuedAt is { } issued) lines.Add($"自{lines.Time(issued)}起生效。{step.Decision}", $"In force from {lines.Time(issued)}. {step.Decision}");
        else lines.Add($"拟稿，尚未生效（{lines.Time(step.ProposedAt)}）。", $"A draft of {lines.Time(step.ProposedAt)}, not in force.");
        foreach (var effect in step.Effects)
        {
            var (bar, held) = (BarOf(effect.Bar), effect.Holder == BarHolder.Unit ? new Wording("单位", "the unit") : new Wording("责任人", "the officers named"));
            lines.Add(
                $"{held.Zh}自{lines.Day(effect.From)}至{lines.LastDay(effect.To)}{bar.Zh}（{effect.Source.Zh}）。", $"From {lines.Day(effect.From)} to {lines.LastDay(effect.To)} {held.En}: {bar.En} ({effect.Source.En}).");
        }
        if (step.IssuedAt is not null && step.Effects.IsEmpty) lines.Add("本决定不限制任何资格。", "It bars nobody from anything.");
        if (step.Limit is { } limit) lines.Add($"整改期限：{lines.LastDay(limit)}。期限届满未达标的，提请一票否决。", $"Limit: {lines.LastDay(limit)}. Whoever has not mended by then is put forward for the veto.");
        if (step.AppealUntil is { } until) lines.Break().Add($"可于{lines.LastDay(until)}前申诉一次，由未参与本决定者审定；申诉成立即撤销全部效力。", $"It can be appealed once until {lines.LastDay(until)}; somebody who had no hand in it decides, and an appeal that is upheld ends all its effects.");
        if (step.Appeal is { } appeal)
        {
            lines.Add($"申诉（{lines.Time(appeal.At)}）：{appeal.Text}", $"Appeal ({lines.Time(appeal.At)}): {appeal.Text}");
            if (appeal.Upheld is { } upheld) lines.Add($"{(upheld ? "成立" : "不成立")}：{appeal.Reason}", $"{(upheld ? "Upheld" : "Not upheld")}: {appeal.Reason}");
        }
        return lines.Document(step.Number, step.IssuedAt ?? step.ProposedAt);
    }

    private static Wording RungOf(Rung rung) => rung switch
    {
        Rung.Admonition => new Wording("告诫", "Admonition"),
        Rung.Criticism => new Wording("通报批评", "Public criticism"),
        Rung.Interview => new Wording("约谈", "Interview"),
        Rung.Listing => new Wording("挂牌督办", "Supervised listing"),
        _ => new Wording("一票否决", "Veto"),
    };

    private static Wording BarOf(Bar bar) => bar switch
    {
        Bar.Honours => new Wording("不得参评荣誉称号", "no titles of honour"),
        Bar.Awards => new Wording("不得评先受奖", "no awards"),
        _ => new Wording("不得晋职晋级", "no promotion"),
    };
}
