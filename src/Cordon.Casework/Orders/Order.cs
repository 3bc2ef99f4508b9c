using System.Collections.Immutable;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Orders;

/// <summary>Where an order stands; the states are drawn in this module's README.</summary>
public enum OrderState
{
    /// <summary>Drafted from a trace; nobody is bound by it.</summary>
    Proposed,

    /// <summary>Decided by police; the member's clock runs.</summary>
    Issued,

    /// <summary>The member has it.</summary>
    Acknowledged,

    /// <summary>The member told what it really holds.</summary>
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
}

/// <summary>An order to a member.</summary>
public sealed class Order : Folded<OrderEvent>
{
    /// <summary>Its id.</summary>
    public Guid Id { get; private set; }

    /// <summary>Its number for people: <c>S-2026-000017</c> of a stop; the letter before tells the kind: E enquiry, F freeze, R return.</summary>
    public string Number { get; private set; } = "";

    /// <summary>What it asks.</summary>
    public OrderKind Kind { get; private set; }

    /// <summary>The case it serves.</summary>
    public Guid CaseId { get; private set; }

    /// <summary>The member it is addressed to.</summary>
    public MemberCode Member { get; private set; }

    /// <summary>The account it concerns.</summary>
    public AccountNumber Account { get; private set; }

    /// <summary>How much to stop, freeze or return, or how much is hidden, minor units.</summary>
    public long AmountMinor { get; private set; }

    /// <summary>The currency of the amounts.</summary>
    public Currency Currency { get; private set; }

    /// <summary>Which stop of the account this is, 1 or 2 (notice 86 of 2016 allows two); 0 until issued.</summary>
    public int StopOrdinal { get; private set; }

    /// <summary>Where it stands.</summary>
    public OrderState State { get; private set; }

    /// <summary>When it was drafted.</summary>
    public Instant ProposedAt { get; private set; }

    /// <summary>Who issued it.</summary>
    public string? Issuer { get; private set; }

    /// <summary>The member that the issuer acts for.</summary>
    public MemberCode? Authority { get; private set; }

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

    /// <summary>When the member reported what it holds.</summary>
    public Instant? ExecutedAt { get; private set; }

    /// <summary>What the member really holds, minor units; at most the amount.</summary>
    public long HeldMinor { get; private set; }

    /// <summary>When the stop ends by law; until it is acknowledged, when the order lapses.</summary>
    public Instant? ExpiresAt { get; private set; }

    /// <summary>When it ended, whichever way.</summary>
    public Instant? EndedAt { get; private set; }

    /// <summary>Why it was declined, released or withdrawn.</summary>
    public string? Reason { get; private set; }

    /// <summary>The transfers that an enquiry asks about; none of another order.</summary>
    public ImmutableArray<AskedTransfer> Asked { get; private set; } = [];

    /// <summary>By when an enquiry must be answered, or a return be paid.</summary>
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

    /// <summary>How much to stop, freeze or return, or how much is hidden.</summary>
    public Amount Amount => new(AmountMinor, Currency);

    /// <summary>What the member really holds.</summary>
    public Amount Held => new(HeldMinor, Currency);

    /// <summary>Whether money is held under it now.</summary>
    public bool Holds => State == OrderState.Executed && HeldMinor > 0;

    /// <summary>Whether the order is over.</summary>
    public bool Ended => State is OrderState.Declined or OrderState.Released or OrderState.Expired or OrderState.Withdrawn or OrderState.Answered or OrderState.Paid;

    /// <inheritdoc/>
    public override string Stream => $"order/{Id}";

    /// <inheritdoc/>
    protected override void Fold(OrderEvent happened)
    {
        switch (happened)
        {
            case OrderProposed e:
                (Id, Number, Kind, CaseId, Member, Account) = (e.Order, e.Number, e.Kind, e.Case, e.Account.Member, e.Account);
                (AmountMinor, Currency, ProposedAt, State) = (e.Amount.Minor, e.Amount.Currency, e.At, OrderState.Proposed);
                break;
            case OrderIssued e:
                (State, IssuedAt, Issuer, Authority, LegalBasis, StopOrdinal) = (OrderState.Issued, e.At, e.Issuer, e.Authority, e.LegalBasis, e.StopOrdinal);
                (AcknowledgeBy, ExpiresAt) = (e.AcknowledgeBy, e.ExpiresAt);
                break;
            case EnquiryProposed e:
                (Id, Number, Kind, CaseId, Member, Account) = (e.Order, e.Number, OrderKind.Enquiry, e.Case, e.Pool.Member, e.Pool);
                (AmountMinor, Currency, ProposedAt, State, Asked) = (e.Hidden.Minor, e.Hidden.Currency, e.At, OrderState.Proposed, e.Asked);
                break;
            case EnquiryRevised e:
                (AmountMinor, Asked) = (e.Hidden.Minor, e.Asked);
                break;
            case EnquiryIssued e:
                (State, IssuedAt, Issuer, Authority, LegalBasis, AnswerBy) = (OrderState.Issued, e.At, e.Issuer, e.Authority, e.LegalBasis, e.AnswerBy);
                break;
            case EnquiryAnswered e:
                (State, AnsweredAt, EndedAt, Reason) = (OrderState.Answered, e.At, e.At, e.Note);
                break;
            case OrderAcknowledged e:
                (State, AcknowledgedAt, ExpiresAt) = (OrderState.Acknowledged, e.At, e.ExpiresAt);
                break;
            case FreezeRenewed e:
                (ExpiresAt, LegalBasis) = (e.ExpiresAt, e.LegalBasis);
                break;
            case ReturnOrdered e:
                (Id, Number, Kind, CaseId, Member, Account) = (e.Order, e.Number, OrderKind.Return, e.Case, e.From.Member, e.From);
                (AmountMinor, Currency, ProposedAt, IssuedAt, State) = (e.Amount.Minor, e.Amount.Currency, e.At, e.At, OrderState.Issued);
                (Ledger, Report, PayTo, Issuer, Authority, LegalBasis, AnswerBy) = (e.Ledger, e.Report, e.PayTo, e.Issuer, e.Authority, e.LegalBasis, e.PayBy);
                break;
            case ReturnPaid e:
                (State, PaidAt, EndedAt, Payment) = (OrderState.Paid, e.At, e.At, e.Payment);
                break;
            case OrderExecuted e:
                (State, ExecutedAt, HeldMinor) = (OrderState.Executed, e.At, e.Held.Minor);
                break;
            case OrderOverdue e:
                OverdueAt = e.At;
                break;
            case OrderDeclined e:
                (State, EndedAt, Reason) = (OrderState.Declined, e.At, e.Reason);
                break;
            case OrderReleased e:
                (State, EndedAt, Reason) = (OrderState.Released, e.At, e.Reason);
                break;
            case OrderExpired e:
                (State, EndedAt) = (OrderState.Expired, ExpiresAt);
                break;
            case OrderWithdrawn e:
                (State, EndedAt, Reason) = (OrderState.Withdrawn, e.At, e.Reason);
                break;
        }
    }
}
