using Cordon.Casework.Duties;
using Cordon.Casework.Findings;

namespace Cordon.Casework.Liability;

/// <summary>Findings for the regulator: each breach with what may follow, each open question, and no loss given to anybody.</summary>
internal static class FindingsModel
{
    public static LiabilityStatement Judge(LiabilityDraft draft, FindingsTerms terms)
    {
        var last = draft.Facts.Payments[^1].At;
        var breaches = 0;
        foreach (var member in draft.Facts.Members)
            foreach (var answer in member.Answers)
            {
                var duty = draft.Pack.Find(answer.Duty, answer.At ?? last)!;
                StandingAnswers.Say(draft, member, duty, answer);
                if (answer.Standing == Standing.Unknown) StandingAnswers.Ask(draft, member, duty, answer.Link);
                if (answer.Standing != Standing.Breached) continue;
                breaches++;
                SayConsequences(draft, member, duty, answer);
            }
        var payments = draft.Facts.Payments.Select(draft.RecordOf).ToList();
        draft.Say(
            breaches == 0 ? "现有记录未见违反义务。" : $"以上{breaches}项违反义务的认定提交主管部门依法处理；本声明不分配损失，各项经手金额可能重叠，不得相加。",
            breaches == 0
                ? "The records at hand show no breach."
                : $"{(breaches == 1 ? "This finding goes" : $"These {breaches} findings go")} to the authority to act upon by law. No loss is given to anybody here; sums that passed several links overlap and are not added up.",
            [terms.Source], payments);
        draft.Say(
            $"客户可就{draft.Loss}的损失，依法向违反义务并造成损害者主张民事责任。",
            $"For the loss of {draft.Loss} the customer may hold liable under civil law whoever breached the law and so caused it.",
            [terms.Civil], payments);
        return draft.Finish(draft.HasQuestions ? LiabilityOutcome.Undecided : LiabilityOutcome.Stated);
    }

    private static void SayConsequences(LiabilityDraft draft, LiableMember member, Duty duty, DutyAnswer answer)
    {
        foreach (var follows in duty.Follows)
        {
            var (zh, en) = follows.Item is { } item ? ($"第{item}项", $", item {item}") : ("", "");
            draft.Say(
                $"对此，{follows.Sanction.Source.Citation.Zh}{zh}规定：{follows.Sanction.Text.Zh}。",
                $"On this, {follows.Sanction.Source.Citation.En}{en}: {Lowered(follows.Sanction.Text.En)}.",
                [follows.Sanction.Source], [$"duty:{duty.Id}", $"member:{member.Member}", .. answer.Link is { } link ? [link] : Array.Empty<string>()]);
        }
    }

    private static string Lowered(string text) => char.ToLowerInvariant(text[0]) + text[1..];
}
