using System.Collections.Immutable;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Orders;

/// <summary>An order as the API tells of it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="Kind">What it asks.</param>
/// <param name="Case">The case it serves.</param>
/// <param name="Member">The member it is addressed to.</param>
/// <param name="Account">The account it concerns; absent of an order about a number or a domain.</param>
/// <param name="Line">The number to suspend or block.</param>
/// <param name="Domain">The domain to take down.</param>
/// <param name="Lifts">The freeze that an unfreeze ends.</param>
/// <param name="Amount">How much to stop, or how much is hidden.</param>
/// <param name="State">Where it stands.</param>
/// <param name="StopOrdinal">Which stop of the account this is; 0 until issued.</param>
/// <param name="LegalBasis">The basis it names.</param>
/// <param name="ApprovedAt">When a second officer approved it.</param>
/// <param name="Emergency">Why one officer sent it alone.</param>
/// <param name="ConfirmBy">By when an order sent in an emergency must be approved, or it lapses.</param>
/// <param name="ProposedAt">When it was drafted.</param>
/// <param name="IssuedAt">When it was issued.</param>
/// <param name="AcknowledgeBy">By when it must be acknowledged.</param>
/// <param name="AcknowledgedAt">When it was.</param>
/// <param name="OverdueAt">When the missed acknowledgement was noted.</param>
/// <param name="Escalation">How far it has climbed while nobody acts.</param>
/// <param name="EscalatedAt">Since when it stands on that rung.</param>
/// <param name="EscalatedTo">Who is told of it at the member: the rank of an officer.</param>
/// <param name="EscalatedRole">Who is told of it at the centre: a role.</param>
/// <param name="ExecutedAt">When the receipt came.</param>
/// <param name="Held">What is really held; absent before the receipt.</param>
/// <param name="ExpiresAt">When it ends by law.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="LetGoAt">When the member told that it let go.</param>
/// <param name="Reason">Why it was declined, released or withdrawn; the note of an answer.</param>
/// <param name="Asked">The transfers that an enquiry asks about.</param>
/// <param name="AnswerBy">By when an enquiry must be answered, a return be paid, or a measure be carried out.</param>
/// <param name="AnsweredAt">When it was.</param>
/// <param name="PayTo">Where a return is to be paid.</param>
/// <param name="Ledger">The ledger of restitution that a return carries out.</param>
/// <param name="Report">The report of the victim to whom a return pays.</param>
/// <param name="PaidAt">When a return was paid.</param>
/// <param name="Payment">The member's own reference of that payment.</param>
/// <param name="Version">How many events made it so; it grows by every one.</param>
/// <param name="Digest">SHA-256, hex, of the RFC 8785 form of all this without the digest; announcements hold the same.</param>
internal sealed record OrderView(
    Guid Id, string Number, OrderKind Kind, Guid Case, MemberCode Member, AccountNumber? Account, PhoneNumber? Line, Domain? Domain, Guid? Lifts, Amount Amount, OrderState State, int StopOrdinal,
    string? LegalBasis, Instant? ApprovedAt, string? Emergency, Instant? ConfirmBy, Instant ProposedAt, Instant? IssuedAt, Instant? AcknowledgeBy, Instant? AcknowledgedAt, Instant? OverdueAt,
    EscalationRung? Escalation, Instant? EscalatedAt, OfficerRank? EscalatedTo, string? EscalatedRole, Instant? ExecutedAt, Amount? Held, Instant? ExpiresAt, Instant? EndedAt, Instant? LetGoAt, string? Reason,
    ImmutableArray<AskedTransfer> Asked, Instant? AnswerBy, Instant? AnsweredAt,
    AccountNumber? PayTo, Guid? Ledger, Guid? Report, Instant? PaidAt, string? Payment, int Version, string Digest)
{
    public static OrderView Of(Order order)
    {
        var view = Plain(order);
        return view with { Digest = OrderDigest.Of(view) };
    }

    private static OrderView Plain(Order o) => new(
        o.Id, o.Number, o.Kind, o.CaseId, o.Member, o.Account, o.Line, o.Domain, o.Lifts, o.Amount, o.State, o.StopOrdinal,
        o.LegalBasis, o.ApprovedAt, o.Emergency, o.ConfirmBy, o.ProposedAt, o.IssuedAt, o.AcknowledgeBy, o.AcknowledgedAt, o.OverdueAt,
        o.Escalation, o.EscalatedAt, o.EscalatedTo, o.EscalatedRole, o.ExecutedAt, o.ExecutedAt is null || !HoldsMoney(o.Kind) ? null : o.Held, o.ExpiresAt, o.EndedAt, o.LetGoAt, o.Reason,
        o.Asked, o.AnswerBy, o.AnsweredAt, o.PayTo, o.Ledger, o.Report, o.PaidAt, o.Payment, o.Version, "");

    private static bool HoldsMoney(OrderKind kind) => kind is OrderKind.StopPayment or OrderKind.Freeze;
}
