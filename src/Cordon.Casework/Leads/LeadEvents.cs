using System.Collections.Immutable;
using Cordon.Casework.Members;
using Cordon.Casework.Orders;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Leads;

/// <summary>What happens to a lead.</summary>
/// <param name="At">When.</param>
public abstract record LeadEvent(Instant At) : CaseworkEvent(At);

/// <summary>Screening saw something that a person may send.</summary>
/// <param name="At">When.</param>
/// <param name="Lead">The id.</param>
/// <param name="Number">The number.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Receiver">The authority that the file names for it; null where none was found.</param>
/// <param name="Subjects">What it is about.</param>
/// <param name="Records">The verdict that saw it.</param>
[EventName("lead.proposed")]
public sealed record LeadProposed(
    Instant At, Guid Lead, string Number, string Kind, MemberCode? Receiver, [property: Personal] ImmutableArray<LeadSubject> Subjects, ImmutableArray<string> Records)
    : LeadEvent(At);

/// <summary>A person found that what was proposed is no lead.</summary>
/// <param name="At">When.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who.</param>
[EventName("lead.dismissed")]
public sealed record LeadDismissed(Instant At, string Reason, string By) : LeadEvent(At);

/// <summary>A person sent what was proposed.</summary>
/// <param name="At">When.</param>
/// <param name="Receiver">To which authority.</param>
/// <param name="Reason">Why.</param>
/// <param name="AcknowledgeBy">Until when it is to be acknowledged.</param>
/// <param name="FeedbackBy">Until when feedback is owed.</param>
/// <param name="By">Who.</param>
[EventName("lead.confirmed")]
public sealed record LeadConfirmed(Instant At, MemberCode Receiver, [property: Personal] string Reason, Instant AcknowledgeBy, Instant FeedbackBy, string By) : LeadEvent(At);

/// <summary>A lead was sent.</summary>
/// <param name="At">When.</param>
/// <param name="Lead">The id.</param>
/// <param name="Number">The number.</param>
/// <param name="Key">The sender's key.</param>
/// <param name="Digest">SHA-256 over what was sent, in hex.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Sender">The member that sent it; null for the centre.</param>
/// <param name="Receiver">To which authority.</param>
/// <param name="Subjects">What it is about.</param>
/// <param name="Reason">Why.</param>
/// <param name="Records">What it rests on.</param>
/// <param name="Case">The case that it is of.</param>
/// <param name="AcknowledgeBy">Until when it is to be acknowledged.</param>
/// <param name="FeedbackBy">Until when feedback is owed.</param>
/// <param name="By">Who sent it.</param>
[EventName("lead.sent")]
public sealed record LeadSent(
    Instant At, Guid Lead, string Number, string Key, string Digest, string Kind, MemberCode? Sender, MemberCode Receiver,
    [property: Personal] ImmutableArray<LeadSubject> Subjects, [property: Personal] string Reason, ImmutableArray<string> Records, Guid? Case, Instant AcknowledgeBy,
    Instant FeedbackBy, string By) : LeadEvent(At);

/// <summary>The authority that has it acknowledged it.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
[EventName("lead.acknowledged")]
public sealed record LeadAcknowledged(Instant At, string By) : LeadEvent(At);

/// <summary>The authority that had it passed it on. The date of feedback stays.</summary>
/// <param name="At">When.</param>
/// <param name="To">To which authority.</param>
/// <param name="Reason">Why.</param>
/// <param name="AcknowledgeBy">Until when that one acknowledges it.</param>
/// <param name="By">Who.</param>
[EventName("lead.passed-on")]
public sealed record LeadPassedOn(Instant At, MemberCode To, [property: Personal] string Reason, Instant AcknowledgeBy, string By) : LeadEvent(At);

/// <summary>The authority told what came of it.</summary>
/// <param name="At">When.</param>
/// <param name="Result">What.</param>
/// <param name="Text">In words.</param>
/// <param name="Records">The records that it names.</param>
/// <param name="By">Who.</param>
[EventName("lead.fed-back")]
public sealed record LeadFedBack(Instant At, LeadResult Result, [property: Personal] string Text, ImmutableArray<string> Records, string By) : LeadEvent(At);

/// <summary>The sender found that the feedback does not say enough.</summary>
/// <param name="At">When.</param>
/// <param name="Reason">Why.</param>
/// <param name="FeedbackBy">Until when more is owed.</param>
/// <param name="By">Who.</param>
[EventName("lead.returned")]
public sealed record LeadReturned(Instant At, [property: Personal] string Reason, Instant FeedbackBy, string By) : LeadEvent(At);

/// <summary>The sender took it back.</summary>
/// <param name="At">When.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who.</param>
[EventName("lead.withdrawn")]
public sealed record LeadWithdrawn(Instant At, [property: Personal] string Reason, string By) : LeadEvent(At);

/// <summary>A date passed without what was owed by it.</summary>
/// <param name="At">When that was noted.</param>
/// <param name="Due">The date.</param>
/// <param name="Next">When it climbs; null where it does not.</param>
[EventName("lead.overdue")]
public sealed record LeadOverdue(Instant At, Instant Due, Instant? Next) : LeadEvent(At);

/// <summary>What is overdue climbed.</summary>
/// <param name="At">When that was noted.</param>
/// <param name="Due">The date that passed.</param>
/// <param name="Rung">How far.</param>
/// <param name="Officer">Who is told at the authority.</param>
/// <param name="Role">Who is told at the centre.</param>
/// <param name="Next">When it climbs next.</param>
[EventName("lead.escalated")]
public sealed record LeadEscalated(Instant At, Instant Due, EscalationRung Rung, OfficerRank Officer, string Role, Instant? Next) : LeadEvent(At);
