using System.Collections.Immutable;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Conferences;

/// <summary>What happens to a conference.</summary>
/// <param name="At">When.</param>
public abstract record ConferenceEvent(Instant At) : CaseworkEvent(At);

/// <summary>It was convened, with the agenda that the records gave.</summary>
/// <param name="At">When.</param>
/// <param name="Conference">Its id.</param>
/// <param name="Number">Its number.</param>
/// <param name="Title">What it is called.</param>
/// <param name="SitsAt">When it sits.</param>
/// <param name="Place">Where.</param>
/// <param name="Urgent">Why at shorter notice; null where it is not.</param>
/// <param name="Terms">The rules by which it decides.</param>
/// <param name="Participants">Who is asked.</param>
/// <param name="Items">The agenda.</param>
/// <param name="By">Who convened it.</param>
[EventName("conference.convened")]
public sealed record ConferenceConvened(
    Instant At, Guid Conference, string Number, string Title, Instant SitsAt, string Place, string? Urgent, ConferenceTerms Terms, ImmutableArray<Participant> Participants,
    ImmutableArray<AgendaItem> Items, string By) : ConferenceEvent(At);

/// <summary>An item was put on the agenda.</summary>
/// <param name="At">When.</param>
/// <param name="Item">The item.</param>
/// <param name="By">Who put it there.</param>
[EventName("conference.item-added")]
public sealed record ItemAdded(Instant At, AgendaItem Item, string By) : ConferenceEvent(At);

/// <summary>An item was struck.</summary>
/// <param name="At">When.</param>
/// <param name="Item">Its number.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who struck it.</param>
[EventName("conference.item-struck")]
public sealed record ItemStruck(Instant At, int Item, string Reason, string By) : ConferenceEvent(At);

/// <summary>A department gave its position.</summary>
/// <param name="At">When.</param>
/// <param name="Item">To which item.</param>
/// <param name="Position">What.</param>
[EventName("conference.position-given")]
public sealed record PositionGiven(Instant At, int Item, Position Position) : ConferenceEvent(At);

/// <summary>It was opened.</summary>
/// <param name="At">When.</param>
/// <param name="Present">Who is there.</param>
/// <param name="By">Who chairs it.</param>
[EventName("conference.opened")]
public sealed record ConferenceOpened(Instant At, ImmutableArray<MemberCode> Present, string By) : ConferenceEvent(At);

/// <summary>A resolution was put forward.</summary>
/// <param name="At">When.</param>
/// <param name="Item">On which item.</param>
/// <param name="Text">Its text.</param>
/// <param name="By">By whom.</param>
[EventName("conference.resolution-proposed")]
public sealed record ResolutionProposed(Instant At, int Item, string Text, string By) : ConferenceEvent(At);

/// <summary>A member voted.</summary>
/// <param name="At">When.</param>
/// <param name="Item">On which item.</param>
/// <param name="Vote">How.</param>
[EventName("conference.vote-cast")]
public sealed record VoteCast(Instant At, int Item, Vote Vote) : ConferenceEvent(At);

/// <summary>The vote was closed.</summary>
/// <param name="At">When.</param>
/// <param name="Item">On which item.</param>
/// <param name="Adopted">Whether the resolution was adopted.</param>
/// <param name="By">Who closed it.</param>
[EventName("conference.resolution-decided")]
public sealed record ResolutionDecided(Instant At, int Item, bool Adopted, string By) : ConferenceEvent(At);

/// <summary>A task was set.</summary>
/// <param name="At">When.</param>
/// <param name="Task">Its number.</param>
/// <param name="Item">The item whose resolution it carries out.</param>
/// <param name="Owner">Who does it.</param>
/// <param name="What">What.</param>
/// <param name="Due">The first instant after its last day.</param>
/// <param name="By">Who set it.</param>
[EventName("conference.task-set")]
public sealed record TaskSet(Instant At, int Task, int Item, MemberCode Owner, string What, Instant Due, string By) : ConferenceEvent(At);

/// <summary>The owner says that it is done.</summary>
/// <param name="At">When.</param>
/// <param name="Task">Its number.</param>
/// <param name="Note">What was done.</param>
/// <param name="By">Who says so.</param>
[EventName("conference.task-done")]
public sealed record TaskDone(Instant At, int Task, string Note, string By) : ConferenceEvent(At);

/// <summary>It was found done.</summary>
/// <param name="At">When.</param>
/// <param name="Task">Its number.</param>
/// <param name="By">By whom.</param>
[EventName("conference.task-accepted")]
public sealed record TaskAccepted(Instant At, int Task, string By) : ConferenceEvent(At);

/// <summary>It was sent back.</summary>
/// <param name="At">When.</param>
/// <param name="Task">Its number.</param>
/// <param name="Reason">What is missing.</param>
/// <param name="By">By whom.</param>
[EventName("conference.task-returned")]
public sealed record TaskReturned(Instant At, int Task, string Reason, string By) : ConferenceEvent(At);

/// <summary>Its time ran out.</summary>
/// <param name="At">When that was noted.</param>
/// <param name="Task">Its number.</param>
[EventName("conference.task-overdue")]
public sealed record TaskOverdue(Instant At, int Task) : ConferenceEvent(At);

/// <summary>It was closed.</summary>
/// <param name="At">When.</param>
/// <param name="By">By whom.</param>
[EventName("conference.closed")]
public sealed record ConferenceClosed(Instant At, string By) : ConferenceEvent(At);

/// <summary>Somebody signed the minutes.</summary>
/// <param name="At">When.</param>
/// <param name="Hash">SHA-256 of the minutes, in hex.</param>
/// <param name="By">Who.</param>
[EventName("conference.minutes-signed")]
public sealed record MinutesSigned(Instant At, string Hash, string By) : ConferenceEvent(At);

/// <summary>Signed minutes were corrected.</summary>
/// <param name="At">When.</param>
/// <param name="Correction">Its number.</param>
/// <param name="Text">What is to be read otherwise.</param>
/// <param name="By">By whom.</param>
[EventName("conference.minutes-corrected")]
public sealed record MinutesCorrected(Instant At, int Correction, string Text, string By) : ConferenceEvent(At);
