using System.Security.Cryptography;
using System.Text;
using Cordon.Casework.Documents;
using Cordon.Casework.Duties;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Conferences;

/// <summary>The minutes of a conference: what it was when it was closed. What its tasks came to is not in them.</summary>
public static class ConferenceMinutes
{
    /// <summary>SHA-256 in hex of the minutes in both languages, their times in UTC: what is signed.</summary>
    public static string HashOf(Conference conference)
    {
        var text = Body(conference, TimeSpan.Zero).Document(conference.Number, conference.ConvenedAt);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.Zh + "\n" + text.En)));
    }

    /// <summary>The digest that was signed; before that, of the minutes as they are.</summary>
    public static string DigestOf(Conference conference) => conference.MinutesHash ?? HashOf(conference);

    /// <summary>The minutes with signatures and corrections under them.</summary>
    /// <param name="conference">The conference.</param>
    /// <param name="offset">The offset by which hours are told.</param>
    /// <param name="names">The name of a person.</param>
    public static DocumentText Of(Conference conference, TimeSpan offset, Func<string, string> names)
    {
        var lines = Body(conference, offset).Break();
        lines.Add($"纪要校验值：{DigestOf(conference)}", $"Digest of the minutes: {DigestOf(conference)}");
        foreach (var signed in conference.Signatures)
            lines.Add($"签署：{names(signed.By)}，{lines.Time(signed.At)}{(signed.By == conference.Chair ? "（主持人）" : "")}", $"Signed: {names(signed.By)}, {lines.Time(signed.At)}{(signed.By == conference.Chair ? " (chair)" : "")}");
        if (conference.State != ConferenceState.Minuted) lines.Add("尚未由两人签署。", "Not signed by two yet.");
        foreach (var one in conference.Corrections)
            lines.Add($"更正{one.Number}（{names(one.By)}，{lines.Time(one.At)}）：{one.Text}", $"Correction {one.Number} ({names(one.By)}, {lines.Time(one.At)}): {one.Text}");
        return lines.Document(conference.Number, conference.ClosedAt ?? conference.ConvenedAt);
    }

    private static DocumentLines Body(Conference c, TimeSpan offset)
    {
        var lines = new DocumentLines(offset);
        lines.Add($"联席会议纪要 {c.Number}", $"Minutes of the joint conference {c.Number}");
        lines.Add($"{c.Title}  {lines.Time(c.OpenedAt ?? c.SitsAt)}  {c.Place}", $"{c.Title}   {lines.Time(c.OpenedAt ?? c.SitsAt)}   {c.Place}");
        if (c.Urgent is { } urgent) lines.Add($"紧急召开：{urgent}", $"Convened urgently: {urgent}");
        var here = c.Participants.Where(p => c.Present.Contains(p.Member)).ToList();
        var away = c.Participants.Where(p => !c.Present.Contains(p.Member)).ToList();
        lines.Add($"出席：{string.Join("、", here.Select(p => p.NameZh))}", $"Present: {string.Join(", ", here.Select(p => p.NameEn))}");
        if (away.Count > 0) lines.Add($"未出席：{string.Join("、", away.Select(p => p.NameZh))}", $"Asked and not there: {string.Join(", ", away.Select(p => p.NameEn))}");
        lines.Add(
            $"规则：提前{c.Terms.NoticeDays}日通知；有表决权者至少{c.Terms.QuorumPercent}%参加表决；赞成超过赞成与反对之和的{c.Terms.MajorityPercent}%为通过。",
            $"Rules: notice {c.Terms.NoticeDays} days; {c.Terms.QuorumPercent}% of those who may vote have voted; for it are more than {c.Terms.MajorityPercent}% of those for and against.");
        foreach (var item in c.Items) Add(lines, c, item);
        return lines;
    }

    private static void Add(DocumentLines lines, Conference c, AgendaItem item)
    {
        lines.Break().Add($"{item.Number}. {item.TextZh}{(item.Source.Length > 0 ? $"（{item.Source}）" : "")}", $"{item.Number}. {item.TextEn}{(item.Source.Length > 0 ? $" ({item.Source})" : "")}");
        if (item.Concerns is { } own) lines.Add($"   涉及单位：{Name(c, own).Zh}，不参加表决。", $"   The matter of {Name(c, own).En}, which has no vote on it.");
        if (item.Struck is { } struck)
        {
            lines.Add($"   撤下：{struck}", $"   Struck: {struck}");
            return;
        }
        foreach (var position in item.Positions.GroupBy(p => p.Member).Select(g => g.Last()))
            lines.Add($"   {Name(c, position.Member).Zh}意见：{position.Text}", $"   Position of {Name(c, position.Member).En}: {position.Text}");
        foreach (var resolution in item.Resolutions)
        {
            var (zh, en) = resolution.Adopted switch { true => ("通过", "adopted"), false => ("未通过", "not adopted"), null => ("未作决定", "not decided") };
            lines.Add(
                $"   决议（{zh}，赞成{resolution.Count(VoteKind.For)}、反对{resolution.Count(VoteKind.Against)}、弃权{resolution.Count(VoteKind.Abstain)}）：{resolution.Text}",
                $"   Resolution ({en}; {resolution.Count(VoteKind.For)} for, {resolution.Count(VoteKind.Against)} against, {resolution.Count(VoteKind.Abstain)} abstaining): {resolution.Text}");
            foreach (var vote in resolution.Votes.Where(v => v.Kind != VoteKind.For))
            {
                var against = vote.Kind == VoteKind.Against;
                lines.Add(
                    $"   {Name(c, vote.Member).Zh}{(against ? "反对" : "弃权")}{(vote.Dissent is { } a ? $"：{a}" : "")}", $"   {Name(c, vote.Member).En} {(against ? "against" : "abstaining")}{(vote.Dissent is { } b ? $": {b}" : "")}");
            }
        }
        foreach (var task in c.Tasks.Where(t => t.Item == item.Number))
            lines.Add($"   任务{task.Number}：{Name(c, task.Owner).Zh}，{lines.LastDay(task.Due)}前：{task.What}", $"   Task {task.Number}: {Name(c, task.Owner).En}, by {lines.LastDay(task.Due)}: {task.What}");
    }

    private static Wording Name(Conference c, MemberCode member) =>
        c.Participants.FirstOrDefault(p => p.Member == member) is { } found ? new Wording(found.NameZh, found.NameEn) : new Wording(member.ToString(), member.ToString());
}
