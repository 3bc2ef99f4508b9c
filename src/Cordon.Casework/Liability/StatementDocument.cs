using Cordon.Casework.Documents;
using Cordon.Casework.Duties;
using Cordon.Casework.Members;

namespace Cordon.Casework.Liability;

/// <summary>A statement of liability as a document: its result, every sentence with the law and the records it rests on, and what is asked.</summary>
public static class StatementDocument
{
    /// <summary>Writes it. The same statement and names give the same text.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="names">The members named in it.</param>
    /// <param name="offset">The offset of the jurisdiction.</param>
    public static DocumentText Of(LiabilityStatement statement, IEnumerable<Member> names, TimeSpan offset)
    {
        var lines = new DocumentLines(offset);
        lines.Add($"案件{statement.Case}责任说明", $"Statement of liability, case {statement.Case}");
        lines.Add($"规则包：{statement.Pack}（{statement.PackHash[..16]}）  判断时点：{lines.Time(statement.At)}", $"Pack: {statement.Pack} ({statement.PackHash[..16]})   Judged as of: {lines.Time(statement.At)}");
        var (model, outcome) = (ModelOf(statement.Model), OutcomeOf(statement.Outcome));
        lines.Add($"模式：{model.Zh}  结果：{outcome.Zh}  损失：{statement.Loss}", $"Model: {model.En}   Outcome: {outcome.En}   Loss: {statement.Loss}");
        foreach (var share in statement.Shares)
        {
            var (zh, en) = BearerOf(share.As);
            lines.Add($"{zh}{(share.Member is { } a ? $"（{a}）" : "")}承担{share.Bears}，追回分得{share.Recovered}，净承担{share.Net}。", $"{en}{(share.Member is { } b ? $" ({b})" : "")} bears {share.Bears}, gets {share.Recovered} of what was won back, and is left with {share.Net}.");
        }
        if (statement.Unallocated.Minor != 0) lines.Add($"未判归任何一方：{statement.Unallocated}", $"Given to nobody: {statement.Unallocated}");
        if (statement.PayBy is { } day) lines.Add($"应于{LiabilityDraft.Date(day)}前赔付客户。", $"The customer is to be paid by {LiabilityDraft.Date(day)}.");
        lines.Break().Add("理由", "Reasons");
        foreach (var (i, sentence) in statement.Sentences.Index())
        {
            lines.Add($"{i + 1}. {sentence.Text.Zh}", $"{i + 1}. {sentence.Text.En}");
            foreach (var source in sentence.Sources)
            {
                var tier = DocumentLines.Tier(source.Tier, source.Mark);
                lines.Add($"   依据：{source.Citation.Zh}（{tier.Zh}）{source.Note?.Zh}", $"   Rests on: {source.Citation.En} ({tier.En}) {source.Note?.En}");
            }
            if (!sentence.Records.IsEmpty) lines.Add($"   记录：{string.Join("；", sentence.Records)}", $"   Records: {string.Join("; ", sentence.Records)}");
        }
        if (!statement.Open.IsEmpty)
        {
            lines.Break().Add("待答问题", "Questions that are open");
            foreach (var open in statement.Open)
                lines.Add(
                    $"{open.Member?.ToString() ?? "持有事实者"}：{open.Question.Zh}（{LiabilityDraft.Date(open.AnswerBy)}前）", $"{open.Member?.ToString() ?? "Whoever keeps the facts"}: {open.Question.En} (by {LiabilityDraft.Date(open.AnswerBy)})");
        }
        var text = string.Join('\n', statement.Sentences.Select(s => s.Text.En).Concat(statement.Shares.Select(s => s.Member?.ToString() ?? "")).Concat(statement.Open.Select(o => o.Member?.ToString() ?? "")));
        var named = names.Where(m => text.Contains(m.Code.ToString(), StringComparison.Ordinal)).OrderBy(m => m.Code.ToString(), StringComparer.Ordinal).ToList();
        if (named.Count > 0) lines.Break().Add("单位", "Members");
        foreach (var member in named) lines.Add($"{member.Code}：{member.NameZh}", $"{member.Code}: {member.NameEn}");
        return lines.Document($"Liability {statement.Case}", statement.At);
    }

    private static Wording ModelOf(LiabilityModel? model) => model switch
    {
        LiabilityModel.Findings => new Wording("提交主管部门的认定", "findings for the authority"),
        LiabilityModel.Waterfall => new Wording("顺位承担", "waterfall"),
        LiabilityModel.Split => new Wording("分担", "split"),
        _ => new Wording("无", "none in force"),
    };

    private static Wording OutcomeOf(LiabilityOutcome outcome) => outcome switch
    {
        LiabilityOutcome.Decided => new Wording("已有结论", "decided"),
        LiabilityOutcome.Undecided => new Wording("尚待答复，未作结论", "undecided until the questions are answered"),
        LiabilityOutcome.Outside => new Wording("不属本模式", "outside the model"),
        _ => new Wording("列明认定，损失不判归任何一方", "findings stated; the loss is given to nobody"),
    };

    private static (string Zh, string En) BearerOf(Bearer bearer) => bearer switch
    {
        Bearer.Customer => ("客户", "The customer"),
        Bearer.Sending => ("付款机构", "The sending institution"),
        Bearer.Receiving => ("收款机构", "The receiving institution"),
        _ => ("电信企业", "The telecom operator"),
    };
}
