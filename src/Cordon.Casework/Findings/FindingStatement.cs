using System.Text;
using Cordon.Casework.Duties;

namespace Cordon.Casework.Findings;

/// <summary>
/// Says a breach in one sentence of either language, filled with the facts it rests on. The sentences state what
/// happened and cite the article; they do not accuse.
/// </summary>
internal static class FindingStatement
{
    public static Wording Of(Duty duty, Assessment assessment)
    {
        var (zh, en) = Template(duty.Control, assessment.Reasons.Any(r => r.Fact == AccountControls.Mixed));
        return new Wording(
            Fill(zh, assessment, assessment.Agent is { } a ? $"（经{a}）" : "", assessment.Article.Zh),
            Fill(en, assessment, assessment.Agent is { } b ? $" (through {b})" : "", assessment.Article.En));
    }

    /// <summary>Braces name a reason; <c>{name.limit}</c> its threshold.</summary>
    private static (string Zh, string En) Template(DutyControl control, bool mixed) => control switch
    {
        DutyControl.SpoofedCallsLetIn => (
            "{member}于{at}放行经国际中继{trunk}进入、显示境内号码{caller}的来电，未证明该号码在境外漫游（{article}）。",
            "{member} let in a call at {at} over international trunk {trunk} that showed the domestic number {caller}, without proof of roaming ({article})."),
        DutyControl.LineIdentityVerified => (
            "{member}{agent}于{openedAt}开通号码{line}，未核验用户真实身份（{article}）。",
            "{member}{agent} opened line {line} at {openedAt} without checking its holder ({article})."),
        DutyControl.LinesPerPerson => (
            "{member}{agent}于{openedAt}为同一人开通号码{line}，至此其在该企业持有{linesHeld}个号码，上限为{linesHeld.limit}个（{article}）。",
            "{member}{agent} opened line {line} at {openedAt} for a person who then held {linesHeld} lines there; the limit is {linesHeld.limit} ({article})."),
        DutyControl.IotCardsUsedForVoice => (
            "{member}{agent}的物联网卡{line}拨打了本案电话{callsMade}次，其语音功能未被限定（{article}）。",
            "Card for things {line} of {member}{agent} made {callsMade} calls of this case; its voice function was not closed ({article})."),
        DutyControl.AccountIdentityVerified when mixed => (
            "{member}{agent}的账户{account}未核验持有人身份，收到与涉案资金相混的款项{mixed}（{article}）。",
            "Account {account} at {member}{agent}, whose holder was not checked, received {mixed} of money that was mixed with the stolen money ({article})."),
        DutyControl.AccountIdentityVerified => (
            "{member}{agent}的账户{account}未核验持有人身份，收到涉案资金{arrived}（{article}）。",
            "Account {account} at {member}{agent}, whose holder was not checked, received {arrived} of the stolen money ({article})."),
        DutyControl.PassThrough => (
            "{member}{agent}的账户{account}自{firstArrival}起收到涉案资金{arrived}，其中{sharePercent}%在到账{withinMinutes}分钟内转出，未被止付（{article}）。",
            "Account {account} at {member}{agent} received {arrived} of the stolen money from {firstArrival} on; {sharePercent}% of it left within {withinMinutes} minutes of arrival and nothing stopped it ({article})."),
        DutyControl.PoolReferenceGiven => (
            "{member}的资金池账户{account}收到涉案资金，其中{hidden}因缺少订单号无法继续追踪（{article}）。",
            "Pooled account {account} of {member} took in stolen money; {hidden} of it cannot be followed because the order reference is missing ({article})."),
        DutyControl.StopAcknowledged => (
            "{member}对{issuedAt}发出的止付令{order}的签收时间为{acknowledgedAt}，期限为{acknowledgedAt.limit}（{article}）。",
            "Stop order {order} to {member}, issued at {issuedAt}, was due to be acknowledged by {acknowledgedAt.limit}; acknowledged: {acknowledgedAt} ({article})."),
        DutyControl.OutflowAfterStop => (
            "{member}的账户{account}在止付令{order}生效期间（{stoppedFrom}起）仍转出涉案资金{leftAfter}（{article}）。",
            "{leftAfter} of the stolen money left account {account} at {member} while stop order {order} stood (from {stoppedFrom}) ({article})."),
        DutyControl.StopReleased => (
            "{member}自{stoppedFrom}起止付账户{account}，应于{endedAt.limit}前解除；解除时间：{endedAt}（{article}）。",
            "{member} stopped account {account} from {stoppedFrom} and had to let go by {endedAt.limit}; let go: {endedAt} ({article})."),
        DutyControl.StopsPerAccount => (
            "{member}发出的止付令{order}是对账户{account}的第{ordinal}次止付，上限为{ordinal.limit}次（{article}）。",
            "Stop order {order} of {member} was stop number {ordinal} of account {account}; the limit is {ordinal.limit} ({article})."),
        DutyControl.EmergencyConfirmed => (
            "{member}一人于{issuedAt}紧急发出的指令{order}应于{approvedAt.limit}前由第二人批准；批准时间：{approvedAt}（{article}）。",
            "Order {order}, which one officer of {member} sent alone at {issuedAt}, was due to be approved by a second by {approvedAt.limit}; approved: {approvedAt} ({article})."),
        DutyControl.ReturnInTime => (
            "{member}对{issuedAt}发出的返还令{order}（账户{account}）应于{paidAt.limit}前办理；办理时间：{paidAt}（{article}）。",
            "Return {order} out of account {account} at {member}, ordered at {issuedAt}, was due to be paid by {paidAt.limit}; paid: {paidAt} ({article})."),
        DutyControl.EnquiryAnswered => (
            "{member}对{issuedAt}发出的查询{order}（账户{account}）应于{answeredAt.limit}前答复；答复时间：{answeredAt}（{article}）。",
            "Enquiry {order} about account {account} at {member}, issued at {issuedAt}, was due to be answered by {answeredAt.limit}; answered: {answeredAt} ({article})."),
        DutyControl.QuestionAnswered => (
            "{member}对{askedAt}就本案提出的询问{question}应于{answeredAt.limit}前答复；答复时间：{answeredAt}（{article}）。",
            "Question {question}, put to {member} in this case at {askedAt}, was due to be answered by {answeredAt.limit}; answered: {answeredAt} ({article})."),
        DutyControl.LeadFeedback => (
            "{member}对{sentAt}起应反馈的线索{lead}应于{fedBackAt.limit}前反馈处理情况；反馈时间：{fedBackAt}（{article}）。",
            "Feedback of {member} on lead {lead}, owed since {sentAt}, was due by {fedBackAt.limit}; told: {fedBackAt} ({article})."),
        DutyControl.OrderInTime => (
            "{member}对{issuedAt}发出的指令{order}应于{receivedAt.limit}前签收（签收：{receivedAt}），应于{doneAt.limit}前办理（办理：{doneAt}）（{article}）。",
            "Order {order} to {member}, issued at {issuedAt}, was due to be acknowledged by {receivedAt.limit} (acknowledged: {receivedAt}) and carried out by {doneAt.limit} (carried out: {doneAt}) ({article})."),
        _ => throw new InvalidOperationException($"The control {control} is not measured and cannot be breached."),
    };

    private static string Fill(string template, Assessment assessment, string agent, string article)
    {
        var text = new StringBuilder();
        var rest = template.AsSpan();
        for (var open = rest.IndexOf('{'); open >= 0; open = rest.IndexOf('{'))
        {
            var close = rest.IndexOf('}');
            text.Append(rest[..open]).Append(Value(rest[(open + 1)..close].ToString(), assessment, agent, article));
            rest = rest[(close + 1)..];
        }
        return text.Append(rest).ToString();
    }

    private static string Value(string name, Assessment assessment, string agent, string article) => name switch
    {
        "member" => assessment.Member.ToString(),
        "agent" => agent,
        "article" => article,
        _ when name.EndsWith(".limit", StringComparison.Ordinal) => Reason(assessment, name[..^6]).Limit!,
        _ => Reason(assessment, name).Value,
    };

    private static Reason Reason(Assessment assessment, string fact) => assessment.Reasons.Single(r => r.Fact == fact);
}
