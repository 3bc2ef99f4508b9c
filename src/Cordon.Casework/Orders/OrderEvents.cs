using System.Collections.Immutable;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Orders;

/// <summary>What happens to an order.</summary>
/// <param name="At">When.</param>
public abstract record OrderEvent(Instant At) : CaseworkEvent(At);

/// <summary>An order was drafted.</summary>
/// <param name="At">When.</param>
/// <param name="Order">Its id.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="Kind">What it asks.</param>
/// <param name="Case">The case it serves.</param>
/// <param name="Account">The account it concerns; its member is the addressee.</param>
/// <param name="Amount">How much to stop or freeze.</param>
/// <param name="Follows">The stop that a freeze follows.</param>
[EventName("order.proposed")]
public sealed record OrderProposed(
    Instant At, Guid Order, string Number, OrderKind Kind, Guid Case, AccountNumber Account, Amount Amount, Guid? Follows = null) : OrderEvent(At);

/// <summary>A draft says another sum than before, because the money is elsewhere.</summary>
/// <param name="At">When.</param>
/// <param name="Amount">How much to stop now.</param>
[EventName("order.stop-revised")]
public sealed record StopRevised(Instant At, Amount Amount) : OrderEvent(At);

/// <summary>A measure about a number or a domain was drafted.</summary>
/// <param name="At">When.</param>
/// <param name="Order">Its id.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="Kind">What it asks.</param>
/// <param name="Case">The case it serves.</param>
/// <param name="Member">The member that the number or domain belongs to.</param>
/// <param name="Line">The number.</param>
/// <param name="Domain">The domain.</param>
/// <param name="Currency">The currency of its case.</param>
[EventName("order.measure-proposed")]
public sealed record MeasureProposed(
    Instant At, Guid Order, string Number, OrderKind Kind, Guid Case, MemberCode Member, PhoneNumber? Line, Domain? Domain, Currency Currency) : OrderEvent(At);

/// <summary>An unfreeze was drafted.</summary>
/// <param name="At">When.</param>
/// <param name="Order">Its id.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="Case">The case it serves.</param>
/// <param name="Account">The account; its member is the addressee.</param>
/// <param name="Freeze">The freeze that it ends.</param>
/// <param name="Amount">How much to let go.</param>
[EventName("order.unfreeze-proposed")]
public sealed record UnfreezeProposed(Instant At, Guid Order, string Number, Guid Case, AccountNumber Account, Guid Freeze, Amount Amount) : OrderEvent(At);

/// <summary>One officer issued it; it goes out when a second approves.</summary>
/// <param name="At">When.</param>
/// <param name="Issuer">Who.</param>
/// <param name="Authority">The member that the issuer acts for.</param>
/// <param name="LegalBasis">On what basis.</param>
[EventName("order.signed")]
public sealed record OrderSigned(Instant At, string Issuer, MemberCode? Authority, string LegalBasis) : OrderEvent(At);

/// <summary>The second officer sent it back to the drafts.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Reason">Why.</param>
[EventName("order.sent-back")]
public sealed record OrderSentBack(Instant At, string By, string Reason) : OrderEvent(At);

/// <summary>A second officer approved it: before it went out, or afterwards where it was sent in an emergency.</summary>
/// <param name="At">When.</param>
/// <param name="Approver">Who.</param>
[EventName("order.approved")]
public sealed record OrderApproved(Instant At, string Approver) : OrderEvent(At);

/// <summary>One officer sends it alone, because minutes count.</summary>
/// <param name="At">When.</param>
/// <param name="Reason">Why it could not wait.</param>
/// <param name="ConfirmBy">By when a second approves it, or it lapses.</param>
[EventName("order.emergency")]
public sealed record EmergencyDeclared(Instant At, string Reason, Instant ConfirmBy) : OrderEvent(At);

/// <summary>Nobody approved in time what was sent in an emergency: the member is told to let go.</summary>
/// <param name="At">When that was noted and the member told.</param>
/// <param name="Due">By when it had to be approved.</param>
/// <param name="Reason">What the member is told.</param>
[EventName("order.lapsed")]
public sealed record OrderLapsed(Instant At, Instant Due, string Reason) : OrderEvent(At);

/// <summary>A measure about a number or a domain, or an unfreeze, went out; the clocks run.</summary>
/// <param name="At">When.</param>
/// <param name="Issuer">Who issued it.</param>
/// <param name="Authority">The member that the issuer acts for.</param>
/// <param name="LegalBasis">On what basis.</param>
/// <param name="AcknowledgeBy">By when the member must acknowledge.</param>
/// <param name="CarryOutBy">By when the member must have carried it out.</param>
[EventName("order.measure-issued")]
public sealed record MeasureIssued(
    Instant At, string Issuer, MemberCode? Authority, string LegalBasis, Instant? AcknowledgeBy, Instant? CarryOutBy) : OrderEvent(At);

/// <summary>The member carried a measure or an unfreeze out.</summary>
/// <param name="At">When.</param>
/// <param name="Note">What else it said.</param>
[EventName("order.carried-out")]
public sealed record MeasureCarriedOut(Instant At, string? Note) : OrderEvent(At);

/// <summary>The member told that it let go of what ended.</summary>
/// <param name="At">When.</param>
[EventName("order.let-go")]
public sealed record OrderLetGo(Instant At) : OrderEvent(At);

/// <summary>It went out; the clocks run.</summary>
/// <param name="At">When.</param>
/// <param name="Issuer">Who issued it.</param>
/// <param name="Authority">The member that the issuer acts for.</param>
/// <param name="LegalBasis">On what basis.</param>
/// <param name="StopOrdinal">Which stop of the account this is.</param>
/// <param name="AcknowledgeBy">By when the member must acknowledge.</param>
/// <param name="ExpiresAt">When the order lapses where nobody stops anything under it.</param>
[EventName("order.issued")]
public sealed record OrderIssued(
    Instant At, string Issuer, MemberCode? Authority, string LegalBasis, int StopOrdinal, Instant AcknowledgeBy, Instant ExpiresAt) : OrderEvent(At);

/// <summary>An enquiry was drafted: a trace stops at a pool.</summary>
/// <param name="At">When.</param>
/// <param name="Order">Its id.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="Case">The case it serves.</param>
/// <param name="Pool">The pooled account; its member is the addressee.</param>
/// <param name="Hidden">How much is hidden there.</param>
/// <param name="Asked">Of which transfers.</param>
[EventName("order.enquiry-proposed")]
public sealed record EnquiryProposed(
    Instant At, Guid Order, string Number, Guid Case, AccountNumber Pool, Amount Hidden, ImmutableArray<AskedTransfer> Asked) : OrderEvent(At);

/// <summary>A draft asks about other transfers than before, because the trace does.</summary>
/// <param name="At">When.</param>
/// <param name="Hidden">How much is hidden.</param>
/// <param name="Asked">Of which transfers.</param>
[EventName("order.enquiry-revised")]
public sealed record EnquiryRevised(Instant At, Amount Hidden, ImmutableArray<AskedTransfer> Asked) : OrderEvent(At);

/// <summary>Police decided to ask; the clock runs.</summary>
/// <param name="At">When.</param>
/// <param name="Issuer">Who.</param>
/// <param name="Authority">The member that the issuer acts for.</param>
/// <param name="LegalBasis">On what basis.</param>
/// <param name="AnswerBy">By when the member must answer.</param>
[EventName("order.enquiry-issued")]
public sealed record EnquiryIssued(Instant At, string Issuer, MemberCode? Authority, string LegalBasis, Instant AnswerBy) : OrderEvent(At);

/// <summary>It was answered.</summary>
/// <param name="At">When.</param>
/// <param name="References">The references given with the answer; none where signals answered it.</param>
/// <param name="Note">What else the member said; null where signals answered it.</param>
[EventName("order.enquiry-answered")]
public sealed record EnquiryAnswered(Instant At, ImmutableArray<ReferenceGiven> References, string? Note) : OrderEvent(At);

/// <summary>The member has it and acts on it.</summary>
/// <param name="At">When.</param>
/// <param name="ExpiresAt">When it ends by law; null where it lasts until it is lifted.</param>
[EventName("order.acknowledged")]
public sealed record OrderAcknowledged(Instant At, Instant? ExpiresAt) : OrderEvent(At);

/// <summary>The member told what it really holds.</summary>
/// <param name="At">When.</param>
/// <param name="Held">How much; at most what was ordered.</param>
[EventName("order.executed")]
public sealed record OrderExecuted(Instant At, Amount Held) : OrderEvent(At);

/// <summary>A freeze was renewed before its end.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="LegalBasis">On what basis.</param>
/// <param name="ExpiresAt">When it ends now.</param>
[EventName("order.freeze-renewed")]
public sealed record FreezeRenewed(Instant At, string By, string LegalBasis, Instant ExpiresAt) : OrderEvent(At);

/// <summary>Held money is ordered back to a victim, as a ledger of restitution was decided.</summary>
/// <param name="At">When.</param>
/// <param name="Order">Its id.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="Case">The case in which the money is held.</param>
/// <param name="From">The account that it is held in; its member is the addressee.</param>
/// <param name="PayTo">The victim's account; null where it is not known and the member asks police.</param>
/// <param name="Amount">How much.</param>
/// <param name="Ledger">The ledger.</param>
/// <param name="Report">The victim's report.</param>
/// <param name="Issuer">Who decided.</param>
/// <param name="Authority">The member that the issuer acts for.</param>
/// <param name="LegalBasis">On what basis.</param>
/// <param name="PayBy">By when it must be paid.</param>
[EventName("order.return-ordered")]
public sealed record ReturnOrdered(
    Instant At, Guid Order, string Number, Guid Case, AccountNumber From, [property: Personal] AccountNumber? PayTo, Amount Amount, Guid Ledger, Guid Report,
    string Issuer, MemberCode? Authority, string LegalBasis, Instant PayBy) : OrderEvent(At);

/// <summary>A return was paid.</summary>
/// <param name="At">When.</param>
/// <param name="Payment">The member's own reference of the payment.</param>
[EventName("order.return-paid")]
public sealed record ReturnPaid(Instant At, string Payment) : OrderEvent(At);

/// <summary>The acknowledgement, the answer to an enquiry or the payment of a return was not there in time.</summary>
/// <param name="At">When that was noted.</param>
/// <param name="Due">When it was due.</param>
/// <param name="Next">When somebody is told of it next; null where nobody is.</param>
[EventName("order.overdue")]
public sealed record OrderOverdue(Instant At, Instant Due, Instant? Next = null) : OrderEvent(At);

/// <summary>An overdue order climbed: others are told of it now.</summary>
/// <param name="At">When.</param>
/// <param name="Due">When what is missing was due.</param>
/// <param name="Rung">How far it has climbed.</param>
/// <param name="Officer">Who is told at the member.</param>
/// <param name="Role">Who is told at the centre.</param>
/// <param name="Next">When it climbs further; null where it does not.</param>
[EventName("order.escalated")]
public sealed record OrderEscalated(Instant At, Instant Due, EscalationRung Rung, OfficerRank Officer, string Role, Instant? Next) : OrderEvent(At);

/// <summary>The member cannot carry it out.</summary>
/// <param name="At">When.</param>
/// <param name="Reason">Why.</param>
[EventName("order.declined")]
public sealed record OrderDeclined(Instant At, string Reason) : OrderEvent(At);

/// <summary>Lifted before its time.</summary>
/// <param name="At">When.</param>
/// <param name="Reason">Why.</param>
[EventName("order.released")]
public sealed record OrderReleased(Instant At, string Reason) : OrderEvent(At);

/// <summary>An appeal against it was upheld: it is lifted at once, or dropped where it had not gone out.</summary>
/// <param name="At">When.</param>
/// <param name="Appeal">The appeal.</param>
/// <param name="Reason">What the member is told.</param>
[EventName("order.lifted-on-appeal")]
public sealed record OrderLiftedOnAppeal(Instant At, Guid Appeal, string Reason) : OrderEvent(At);

/// <summary>Its time ran out.</summary>
/// <param name="At">When that was noted; the stop itself ended at its expiry.</param>
[EventName("order.expired")]
public sealed record OrderExpired(Instant At) : OrderEvent(At);

/// <summary>Dropped before it was issued.</summary>
/// <param name="At">When.</param>
/// <param name="Reason">Why.</param>
[EventName("order.withdrawn")]
public sealed record OrderWithdrawn(Instant At, string Reason) : OrderEvent(At);

/// <summary>The signature of a member's answer, kept as evidence with the event of the answer that comes before it.</summary>
/// <param name="At">When.</param>
/// <param name="Key">The member's receipt key.</param>
/// <param name="Base">The signature base of RFC 9421: the text that was signed. It holds the digest of the body.</param>
/// <param name="Signature">The Ed25519 signature, base64.</param>
/// <param name="Body">The body of the answer.</param>
[EventName("order.receipt-signed")]
public sealed record ReceiptSigned(Instant At, Guid Key, string Base, string Signature, [property: Personal] string? Body) : OrderEvent(At);
