using System.Collections.Immutable;
using Cordon.Casework.Cases;
using Cordon.Casework.Duties;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Findings;

/// <summary>
/// Walks a case's chain backwards: at each link, which duties applied to which member at that time, and whether the
/// facts show them kept. Pure.
/// </summary>
public static class Attribution
{
    /// <summary>
    /// Judges a chain. A link is judged by the duties in force at its own time, and only for the member whose link it is,
    /// and only where that member's sector owes the duty. A breach at a link that the facts do not prove part of the
    /// fraud is Unknown, and so no finding. Duties that nothing measures yet are not judged at all.
    /// </summary>
    /// <param name="chain">The chain.</param>
    /// <param name="pack">The duties.</param>
    /// <param name="now">The instant of judging.</param>
    public static AttributionResult Attribute(FraudChain chain, DutyPack pack, Instant now)
    {
        var hash = pack.Hash;
        var view = new ChainView(chain, now);
        var judged = new List<(Assessment Assessment, ProposedFinding? Finding)>();
        foreach (var link in chain.Links)
            foreach (var duty in pack.DutiesInForce(link.At))
                if (duty.Link == link.Kind && Judge(duty, link, view, hash) is { } result)
                    judged.Add(result);
        var ordered = judged
            .OrderBy(j => j.Assessment.Kind)
            .ThenBy(j => j.Assessment.Link, StringComparer.Ordinal)
            .ThenBy(j => j.Assessment.Duty, StringComparer.Ordinal)
            .ThenBy(j => j.Assessment.Member.ToString(), StringComparer.Ordinal)
            .ToList();
        return new AttributionResult(
            chain.Case, hash, now, [.. ordered.Select(j => j.Assessment)], [.. ordered.Where(j => j.Finding is not null).Select(j => j.Finding!)]);
    }

    private static (Assessment, ProposedFinding?)? Judge(Duty duty, ChainLink link, ChainView view, string hash)
    {
        var (member, sector) = Answerable(duty.Control, link);
        if (member is not { } whose || sector is not { } which || !duty.Owes.Sectors.Contains(which)) return null;
        if (Measure(duty, link, view) is not { } judgement) return null;
        if (judgement.Standing == Standing.Breached && !link.Proven)
            judgement = judgement with { Standing = Standing.Unknown, Reasons = judgement.Reasons.Add(new Reason("partOfTheFraud", "unknown")) };
        var agent = duty.Owes.Agents && whose == link.Member ? link.ThroughAgent : null;
        var breached = judgement.Standing == Standing.Breached;
        var assessment = new Assessment(
            duty.Id, hash, duty.Source.Citation, whose, agent, link.Id, link.Kind, judgement.Standing, judgement.Reasons,
            Evidence.Sorted([.. link.Evidence, .. judgement.Further]), breached ? judgement.Loss : Amount.Zero(view.Chain.Loss.Currency));
        if (!breached) return (assessment, null);
        var statement = FindingStatement.Of(duty, assessment);
        return (assessment, new ProposedFinding(
            duty.Id, hash, assessment.Article, whose, agent, link.Id, statement, assessment.Evidence, assessment.Loss));
    }

    /// <summary>How often an account is stopped and who approves it lies with the one who orders; all else with the one whose link it is.</summary>
    private static (MemberCode? Member, Sector? Sector) Answerable(DutyControl control, ChainLink link) =>
        control is DutyControl.StopsPerAccount or DutyControl.EmergencyConfirmed && link is OrderLink order ? (order.Issuer, order.IssuerSector) : (link.Member, link.Sector);

    private static Judgement? Measure(Duty duty, ChainLink link, ChainView view) => (duty.Control, link) switch
    {
        (DutyControl.SpoofedCallsLetIn, CallLink call) => CallControls.SpoofedCallsLetIn(duty, call, view),
        (DutyControl.LineIdentityVerified, LineLink line) => LineControls.IdentityVerified(line, view),
        (DutyControl.LinesPerPerson, LineLink line) => LineControls.LinesPerPerson(duty, line, view),
        (DutyControl.IotCardsUsedForVoice, LineLink line) => LineControls.IotCardsUsedForVoice(line, view),
        (DutyControl.AccountIdentityVerified, AccountLink account) => AccountControls.IdentityVerified(account),
        (DutyControl.PassThrough, AccountLink account) => AccountControls.PassThrough(duty, account, view),
        (DutyControl.PoolReferenceGiven, PoolLink pool) => AccountControls.PoolReferenceGiven(pool),
        (DutyControl.StopAcknowledged, OrderLink order) => StopControls.Acknowledged(duty, order, view),
        (DutyControl.OutflowAfterStop, OrderLink order) => StopControls.OutflowAfter(duty, order, view),
        (DutyControl.StopReleased, OrderLink order) => StopControls.Released(duty, order, view),
        (DutyControl.ReturnInTime, OrderLink order) => StopControls.ReturnedInTime(order, view),
        (DutyControl.EnquiryAnswered, OrderLink order) => StopControls.EnquiryAnswered(order, view),
        (DutyControl.OrderInTime, OrderLink order) => StopControls.InTime(order, view),
        (DutyControl.EmergencyConfirmed, OrderLink order) => StopControls.EmergencyConfirmed(duty, order, view),
        (DutyControl.StopsPerAccount, OrderLink order) => StopControls.PerAccount(duty, order, view),
        (DutyControl.QuestionAnswered, QuestionLink question) => QuestionControls.Answered(question, view),
        (DutyControl.LeadFeedback, LeadLink lead) => LeadControls.FedBack(lead, view),
        _ => null,
    };
}

/// <summary>What a control says of a link.</summary>
/// <param name="Standing">The judgement.</param>
/// <param name="Reasons">The facts it rests on.</param>
/// <param name="Loss">The stolen money concerned, should it be a breach.</param>
internal sealed record Judgement(Standing Standing, ImmutableArray<Reason> Reasons, Amount Loss)
{
    /// <summary>Records beyond the link's own.</summary>
    public IEnumerable<Evidence> Further { get; init; } = [];
}

/// <summary>A chain with the look-ups that controls need.</summary>
internal sealed class ChainView
{
    private readonly ILookup<AccountNumber, TransferLink> into;
    private readonly ILookup<AccountNumber, TransferLink> outOf;
    private readonly ILookup<AccountNumber, OrderLink> stops;

    public ChainView(FraudChain chain, Instant now)
    {
        Chain = chain;
        Now = now;
        // Sorted here again: a chain read back from elsewhere need not be in order, and FIFO depends on it.
        var transfers = chain.Links.OfType<TransferLink>().OrderBy(t => t.At).ThenBy(t => t.Id, StringComparer.Ordinal).ToList();
        into = transfers.Where(t => t.To is not null).ToLookup(t => t.To!.Value);
        outOf = transfers.Where(t => t.From is not null).ToLookup(t => t.From!.Value);
        stops = chain.Links.OfType<OrderLink>()
            .Where(o => o.OrderKind == Orders.OrderKind.StopPayment && o.Account is not null)
            .OrderBy(o => o.At).ThenBy(o => o.Id, StringComparer.Ordinal)
            .ToLookup(o => o.Account!.Value);
    }

    public FraudChain Chain { get; }

    public Instant Now { get; }

    public IEnumerable<TransferLink> Into(AccountNumber account) => into[account];

    public IEnumerable<TransferLink> OutOf(AccountNumber account) => outOf[account];

    /// <summary>The stop orders of an account, by issue.</summary>
    public IEnumerable<OrderLink> StopsOf(AccountNumber account) => stops[account];

    public Amount Money(long minor) => new(minor, Chain.Loss.Currency);
}
