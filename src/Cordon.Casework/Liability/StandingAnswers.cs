using System.Collections.Immutable;
using Cordon.Casework.Duties;
using Cordon.Casework.Findings;

namespace Cordon.Casework.Liability;

/// <summary>What is known of a member's duties, said and asked.</summary>
internal static class StandingAnswers
{
    /// <summary>Says each answer on the duties that a member owes, and answers for all: breached where one is, else unknown where one is.</summary>
    public static Standing Say(LiabilityDraft draft, LiableMember member, ImmutableArray<Duty> duties)
    {
        var whole = Standing.Kept;
        foreach (var duty in duties.Where(d => d.Owes.Sectors.Contains(member.Sector)))
        {
            var answers = member.Answers.Where(a => a.Duty == duty.Id).ToList();
            foreach (var answer in answers) Say(draft, member, duty, answer);
            if (answers.Count == 0) SayUnknown(draft, member, duty);
            if (answers.Exists(a => a.Standing == Standing.Breached)) whole = Standing.Breached;
            else if (whole == Standing.Kept && (answers.Count == 0 || answers.Exists(a => a.Standing == Standing.Unknown))) whole = Standing.Unknown;
        }
        return whole;
    }

    /// <summary>Says one answer.</summary>
    public static void Say(LiabilityDraft draft, LiableMember member, Duty duty, DutyAnswer answer)
    {
        var (zh, en) = answer.Standing switch
        {
            Standing.Kept => ($"{member.Member}履行了“{duty.Title.Zh}”义务", $"{member.Member} kept the duty “{duty.Title.En}”"),
            Standing.Breached => ($"{member.Member}违反了“{duty.Title.Zh}”义务", $"{member.Member} breached the duty “{duty.Title.En}”"),
            _ => ($"{member.Member}是否履行“{duty.Title.Zh}”义务不明", $"Whether {member.Member} kept the duty “{duty.Title.En}” is not known"),
        };
        draft.Say(
            answer.Shows is { } shown ? $"{zh}：{shown.Zh}" : zh + "。", answer.Shows is { } told ? $"{en}: {told.En}" : en + ".",
            [duty.Source], [$"duty:{duty.Id}", .. answer.Link is { } link ? [link] : Array.Empty<string>(), .. answer.Evidence]);
    }

    /// <summary>Asks a member for what is unknown of the duties it owes.</summary>
    public static void Ask(LiabilityDraft draft, LiableMember member, ImmutableArray<Duty> duties)
    {
        foreach (var duty in duties.Where(d => d.Owes.Sectors.Contains(member.Sector)))
        {
            var answers = member.Answers.Where(a => a.Duty == duty.Id).ToList();
            if (answers.Count == 0) Ask(draft, member, duty, null);
            foreach (var answer in answers.Where(a => a.Standing == Standing.Unknown)) Ask(draft, member, duty, answer.Link);
        }
    }

    /// <summary>Asks a member whether it kept a duty.</summary>
    public static void Ask(LiabilityDraft draft, LiableMember member, Duty duty, string? link) => draft.Ask(
        member.Member, duty.Id, link,
        $"是否履行了“{duty.Title.Zh}”义务（{duty.Source.Citation.Zh}）？请附记录。", $"Did you keep the duty “{duty.Title.En}” ({duty.Source.Citation.En})? Send the records that show it.");

    private static void SayUnknown(LiabilityDraft draft, LiableMember member, Duty duty) =>
        Say(draft, member, duty, new DutyAnswer { Duty = duty.Id, Standing = Standing.Unknown });
}
