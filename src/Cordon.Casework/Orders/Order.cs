using System.Collections.Immutable;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Orders;

/// <summary>Where an order stands; the states are drawn in this module's README.</summary>
public enum OrderState
{
    /// <summary>Drafted; nobody is bound by it.</summary>
    Proposed,

    /// <summary>Gone out to the member, whose clock runs.</summary>
    Issued,

    /// <summary>The member has it.</summary>
    Acknowledged,

    /// <summary>The member told what it really holds, or that it carried the measure out.</summary>
    Executed,

    /// <summary>The member cannot carry it out.</summary>
    Declined,

    /// <summary>Lifted before its time.</summary>
    Released,

    /// <summary>Its time ran out; the member lets go by itself.</summary>
    Expired,

    /// <summary>Dropped before it was issued.</summary>
    Withdrawn,

    /// <summary>An enquiry whose answer is there.</summary>
    Answered,

    /// <summary>A return whose money is on its way to the victim.</summary>
    Paid,

    /// <summary>Issued by one officer; it goes out when a second approves it. Nobody is bound by it yet.</summary>
    AwaitsApproval,

    /// <summary>Sent by one officer in an emergency and not approved in time: the member lets go at once.</summary>
    Lapsed,

    /// <summary>An unfreeze that the member carried out.</summary>
    Done,
}

/// <summary>An order to a member.</summary>
public sealed class Order : Folded<OrderEvent>
{
    /// <summary>Its id.</summary>
    public Guid Id { get; private set; }

    /// <summary>
    /// Its number for people: <c>S-2026-000017</c> of a stop; the letter before tells the kind: E enquiry, F freeze, U unfreeze, R return,
    /// N suspension of a number, B block of one, D taking down of a domain.
    /// </summary>
    public string Number { get; private set; } = "";

    /// <summary>Its number without the letter: <c>2026-000017</c>. All kinds count on one row, so that orders stand by it in the order in which they were drafted.</summary>
    public string Serial { get; private set; } = "";

    /// <summary>What it asks.</summary>
    public OrderKind Kind { get; private set; }

    /// <summary>The case it serves.</summary>
    public Guid CaseId { get; private set; }

    /// <summary>The member it is addressed to.</summary>
    public MemberCode Member { get; private set; }

    /// <summary>The account it concerns; null of an order about a number or a domain.</summary>
    public AccountNumber? Account => Subject == default ? null : Subject;

    /// <summary>The account as it is stored and asked for: none is the default and no null, for a column cannot be made to take null without copying the table.</summary>
    internal AccountNumber Subject { get; private set; }

    /// <summary>The number to suspend or block; null of another order.</summary>
    public PhoneNumber? Line { get; private set; }

    /// <summary>The domain to take down; null of another order.</summary>
    public Domain? Domain { get; private set; }

    /// <summary>The stop that a freeze follows; null of another order, and of freezes drafted before that was kept.</summary>
    public Guid? Follows { get; private set; }

    /// <summary>The freeze that an unfreeze ends; null of another order.</summary>
    public Guid? Lifts { get; private set; }

    /// <summary>How much to stop, freeze, let go or return, or how much is hidden, minor units; 0 of a measure about a number or a domain.</summary>
    public long AmountMinor { get; private set; }

    /// <summary>The currency of the amounts.</summary>
    public Currency Currency { get; private set; }

    /// <summary>Which stop of the account this is, 1 or 2 (notice 86 of 2016 allows two); 0 until issued.</summary>
    public int StopOrdinal { get; private set; }

    /// <summary>Where it stands.</summary>
    public OrderState State { get; private set; }

    /// <summary>When it was drafted.</summary>
    public Instant ProposedAt { get; private set; }

    /// <summary>Who issued it: the first of the two officers.</summary>
    public string? Issuer { get; private set; }

    /// <summary>The member that the issuer acts for.</summary>
    public MemberCode? Authority { get; private set; }

    /// <summary>The second officer, who approved it; null until then, and of orders older than the rule of two.</summary>
    public string? Approver { get; private set; }

    /// <summary>When the second officer approved it.</summary>
    public Instant? ApprovedAt { get; private set; }

    /// <summary>Why one officer sent it alone; null where it went the usual way.</summary>
    public string? Emergency { get; private set; }

    /// <summary>By when an order sent in an emergency must be approved; null where it went the usual way.</summary>
    public Instant? ConfirmBy { get; private set; }

    /// <summary>The legal basis it names.</summary>
    public string? LegalBasis { get; private set; }

    /// <summary>When it was issued.</summary>
    public Instant? IssuedAt { get; private set; }

    /// <summary>By when the member must have acknowledged it.</summary>
    public Instant? AcknowledgeBy { get; private set; }

    /// <summary>When the member acknowledged it.</summary>
    public Instant? AcknowledgedAt { get; private set; }

    /// <summary>When the missed acknowledgement or answer was noted.</summary>
    public Instant? OverdueAt { get; private set; }

    /// <summary>When the member reported what it holds, or that it carried the measure out.</summary>
    public Instant? ExecutedAt { get; private set; }

    /// <summary>What the member really holds, minor units; at most the amount.</summary>
    public long HeldMinor { get; private set; }

    /// <summary>When it ends by law; until it is acknowledged, when it ends unheard. Null where it lasts until it is lifted.</summary>
    public Instant? ExpiresAt { get; private set; }

    /// <summary>When it ended, whichever way.</summary>
    public Instant? EndedAt { get; private set; }

    /// <summary>The upheld appeal by which it was lifted; null otherwise.</summary>
    public Guid? Appeal { get; private set; }

    /// <summary>Why it was declined, released or withdrawn.</summary>
    public string? Reason { get; private set; }

    /// <summary>The transfers that an enquiry asks about; none of another order.</summary>
    public ImmutableArray<AskedTransfer> Asked { get; private set; } = [];

    /// <summary>When the member told that it let go of what was lifted, expired or lapsed.</summary>
    public Instant? LetGoAt { get; private set; }

    /// <summary>By when an enquiry must be answered, a return be paid, or a measure be carried out.</summary>
    public Instant? AnswerBy { get; private set; }

    /// <summary>When an enquiry was answered.</summary>
    public Instant? AnsweredAt { get; private set; }

    /// <summary>Where a return is to be paid; null where the victim's account is not known to the centre, and of another order.</summary>
    public AccountNumber? PayTo { get; private set; }

    /// <summary>The ledger of restitution that a return carries out; null of another order.</summary>
    public Guid? Ledger { get; private set; }

    /// <summary>The report of the victim to whom a return pays; null of another order.</summary>
    public Guid? Report { get; private set; }

    /// <summary>When a return was paid.</summary>
    public Instant? PaidAt { get; private set; }

    /// <summary>The member's own reference of that payment.</summary>
    public string? Payment { get; private set; }

    /// <summary>How far it has climbed while the member has not acted; null where it has, or no clock of it ran out.</summary>
    public EscalationRung? Escalation { get; private set; }

    /// <summary>Since when it stands on that rung.</summary>
    public Instant? EscalatedAt { get; private set; }

    /// <summary>Who is told at the member.</summary>
    public OfficerRank? EscalatedTo { get; private set; }

    /// <summary>Who is told at the centre: a role.</summary>
    public string? EscalatedRole { get; private set; }

    /// <summary>When it climbs further; null where it does not.</summary>
    public Instant? EscalateAt { get; private set; }

    /// <summary>The receipt key by which the member signed its last answer; null where it signed none.</summary>
    public Guid? SignedBy { get; private set; }

    /// <summary>How much to stop, freeze or return, or how much is hidden.</summary>
    public Amount Amount => new(AmountMinor, Currency);

    /// <summary>What the member really holds.</summary>
    public Amount Held => new(HeldMinor, Currency);

    /// <summary>Whether money is held under it now.</summary>
    public bool Holds => State == OrderState.Executed && HeldMinor > 0;

    /// <summary>Whether the order is over.</summary>
    public bool Ended => State is OrderState.Declined or OrderState.Released or OrderState.Expired or OrderState.Withdrawn or OrderState.Answered or OrderState.Paid
        or OrderState.Lapsed or OrderState.Done;

    /// <summary>Whether it went out to the member and is not over.</summary>
    public bool Running => State is OrderState.Issued or OrderState.Acknowledged or OrderState.Executed;

    /// <summary>Whether nobody is bound by it yet.</summary>
    public bool Draft => State is OrderState.Proposed or OrderState.AwaitsApproval;

    /// <summary>Whether it runs on one officer's word.</summary>
    public bool Unconfirmed => Running && Emergency is not null && ApprovedAt is null;

    /// <inheritdoc/>
    public override string Stream => $"order/{Id}";

    /// <inheritdoc/>
    protected override void Fold(OrderEvent happened)
    {
        switch (happened)
        {
            case OrderProposed e:
                (Id, Number, Kind, CaseId, Member, Subject) = (e.Order, e.Number, e.Kind, e.Case, e.Account.Member, e.Account);
                (AmountMinor, Currency, ProposedAt, State, Follows) = (e.Amount.Minor, e.Amount.Currency, e.At, OrderState.Proposed, e.Follows);
                break;
            case EnquiryProposed e:
                (Id, Number, Kind, CaseId, Member, Subject) = (e.Order, e.Number, OrderKind.Enquiry, e.Case, e.Pool.Member, e.Pool);
                (AmountMinor, Currency, ProposedAt, State, Asked) = (e.Hidden.Minor, e.Hidden.Currency, e.At, OrderState.Proposed, e.Asked);
                break;
            case EnquiryRevised e:
                (AmountMinor, Asked) = (e.Hidden.Minor, e.Asked);
                break;
            case MeasureProposed e:
                (Id, Number, Kind, CaseId, Member, Line, Domain) = (e.Order, e.Number, e.Kind, e.Case, e.Member, e.Line, e.Domain);
                (Currency, ProposedAt, State) = (e.Currency, e.At, OrderState.Proposed);
                break;
            case UnfreezeProposed e:
                (Id, Number, Kind, CaseId, Member, Subject) = (e.Order, e.Number, OrderKind.Unfreeze, e.Case, e.Account.Member, e.Account);
                (AmountMinor, Currency, ProposedAt, State, Lifts) = (e.Amount.Minor, e.Amount.Currency, e.At, OrderState.Proposed, e.Freeze);
                break;
            case StopRevised e:
                AmountMinor = e.Amount.Minor;
                break;
            default:
                FoldDecision(happened);
                break;
        }
        if (Serial.Length == 0 && Number.Length > OrderFilter.LetterLength) Serial = Number[OrderFilter.LetterLength..];
    }

    /// <summary>What the authority decides.</summary>
    private void FoldDecision(OrderEvent happened)
    {
        switch (happened)
        {
            case OrderSigned e:
                (State, Issuer, Authority, LegalBasis) = (OrderState.AwaitsApproval, e.Issuer, e.Authority, e.LegalBasis);
                break;
            case OrderSentBack e:
                (State, Issuer, Authority, LegalBasis, Reason) = (OrderState.Proposed, null, null, null, e.Reason);
                break;
            case OrderApproved e:
                (Approver, ApprovedAt) = (e.Approver, e.At);
                break;
            case EmergencyDeclared e:
                (Emergency, ConfirmBy) = (e.Reason, e.ConfirmBy);
                break;
            case OrderLapsed e:
                (State, EndedAt, Reason) = (OrderState.Lapsed, e.At, e.Reason);
                Climb(null, null, null, null, null);
                break;
            case MeasureIssued e:
                (State, IssuedAt, Issuer, Authority, LegalBasis, Reason) = (OrderState.Issued, e.At, e.Issuer, e.Authority, e.LegalBasis, null);
                (AcknowledgeBy, AnswerBy) = (e.AcknowledgeBy, e.CarryOutBy);
                break;
            case OrderIssued e:
                (State, IssuedAt, Issuer, Authority, LegalBasis, StopOrdinal) = (OrderState.Issued, e.At, e.Issuer, e.Authority, e.LegalBasis, e.StopOrdinal);
                (AcknowledgeBy, ExpiresAt, Reason) = (e.AcknowledgeBy, e.ExpiresAt, null);
                break;
            case EnquiryIssued e:
                (State, IssuedAt, Issuer, Authority, LegalBasis, AnswerBy, Reason) = (OrderState.Issued, e.At, e.Issuer, e.Authority, e.LegalBasis, e.AnswerBy, null);
                break;
            case FreezeRenewed e:
                (ExpiresAt, LegalBasis) = (e.ExpiresAt, e.LegalBasis);
                break;
            case ReturnOrdered e:
                (Id, Number, Kind, CaseId, Member, Subject) = (e.Order, e.Number, OrderKind.Return, e.Case, e.From.Member, e.From);
                (AmountMinor, Currency, ProposedAt, IssuedAt, State) = (e.Amount.Minor, e.Amount.Currency, e.At, e.At, OrderState.Issued);
                (Ledger, Report, PayTo, Issuer, Authority, LegalBasis, AnswerBy) = (e.Ledger, e.Report, e.PayTo, e.Issuer, e.Authority, e.LegalBasis, e.PayBy);
                break;
            default:
                FoldAnswer(happened);
                break;
        }
    }

    /// <summary>What the member answers, and what the clock ends. Whoever answers, and whatever ends, climbs no further.</summary>
    private void FoldAnswer(OrderEvent happened)
    {
        switch (happened)
        {
            case OrderOverdue e:
                (OverdueAt, EscalateAt) = (e.At, e.Next);
                return;
            case OrderEscalated e:
                Climb(e.Rung, e.At, e.Officer, e.Role, e.Next);
                return;
            case ReceiptSigned e:
                SignedBy = e.Key;
                return;
            // Received at last, but what it asks is late already: it goes on climbing, from now on by the clock that is still open.
            case OrderAcknowledged e when AnswerBy < e.At:
                if (EscalateAt is { } next && AcknowledgeBy is { } first) EscalateAt = next + (AnswerBy.Value - first);
                (State, AcknowledgedAt, ExpiresAt) = (OrderState.Acknowledged, e.At, e.ExpiresAt);
                return;
            case MeasureCarriedOut e:
                (State, ExecutedAt, EndedAt) = (Kind == OrderKind.Unfreeze ? OrderState.Done : OrderState.Executed, e.At, Kind == OrderKind.Unfreeze ? e.At : null);
                break;
            case OrderLetGo e:
                LetGoAt = e.At;
                break;
            case EnquiryAnswered e:
                (State, AnsweredAt, EndedAt, Reason) = (OrderState.Answered, e.At, e.At, e.Note);
                break;
            case OrderAcknowledged e:
                (State, AcknowledgedAt, ExpiresAt) = (OrderState.Acknowledged, e.At, e.ExpiresAt);
                break;
            case ReturnPaid e:
                (State, PaidAt, EndedAt, Payment) = (OrderState.Paid, e.At, e.At, e.Payment);
                break;
            case OrderExecuted e:
                (State, ExecutedAt, HeldMinor) = (OrderState.Executed, e.At, e.Held.Minor);
                break;
            case OrderDeclined e:
                (State, EndedAt, Reason) = (OrderState.Declined, e.At, e.Reason);
                break;
            case OrderReleased e:
                (State, EndedAt, Reason) = (OrderState.Released, e.At, e.Reason);
                break;
            case OrderLiftedOnAppeal e:
                (State, EndedAt, Reason, Appeal) = (Draft ? OrderState.Withdrawn : OrderState.Released, e.At, e.Reason, e.Appeal);
                break;
            case OrderExpired e:
                (State, EndedAt) = (OrderState.Expired, ExpiresAt);
                break;
            case OrderWithdrawn e:
                (State, EndedAt, Reason) = (OrderState.Withdrawn, e.At, e.Reason);
                break;
        }
        Climb(null, null, null, null, null);
    }

    private void Climb(EscalationRung? rung, Instant? at, OfficerRank? officer, string? role, Instant? next) =>
        (Escalation, EscalatedAt, EscalatedTo, EscalatedRole, EscalateAt) = (rung, at, officer, role, next);
}
