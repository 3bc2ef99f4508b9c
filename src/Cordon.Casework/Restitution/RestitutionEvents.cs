using System.Collections.Immutable;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Restitution;

/// <summary>What happens to a ledger of restitution.</summary>
/// <param name="At">When.</param>
public abstract record RestitutionEvent(Instant At) : CaseworkEvent(At);

/// <summary>A ledger was opened for a sum that an order holds.</summary>
/// <param name="At">When.</param>
/// <param name="Ledger">Its id.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="Hold">The order that holds the sum.</param>
/// <param name="Case">The case of that order.</param>
/// <param name="Account">The account that it is held in.</param>
/// <param name="Held">The sum.</param>
[EventName("restitution.opened")]
public sealed record LedgerOpened(Instant At, Guid Ledger, string Number, Guid Hold, Guid Case, AccountNumber Account, Amount Held) : RestitutionEvent(At);

/// <summary>A division was announced; where the rules ask for it, the victims have time to object.</summary>
/// <param name="At">When.</param>
/// <param name="HeldMinor">What was divided: what is held and not ordered back yet.</param>
/// <param name="Claims">Whose claims, as they stood.</param>
/// <param name="Division">The division.</param>
/// <param name="Reason">Why this one, where it is not the legal one; null where it is.</param>
/// <param name="LegalBasis">On what basis.</param>
/// <param name="By">Who.</param>
/// <param name="ObjectUntil">Until when it can be objected to; null where it is returned directly, without notice.</param>
[EventName("restitution.announced")]
public sealed record DivisionAnnounced(
    Instant At, long HeldMinor, ImmutableArray<VictimClaim> Claims, Division Division, string? Reason, string LegalBasis, string By, Instant? ObjectUntil) : RestitutionEvent(At);

/// <summary>Somebody objected.</summary>
/// <param name="At">When it came in.</param>
/// <param name="Objection">Its number in the ledger, from 1.</param>
/// <param name="From">Who objects: a victim, the account's holder.</param>
/// <param name="Text">What is said.</param>
/// <param name="By">Who took it down.</param>
[EventName("restitution.objected")]
public sealed record ObjectionReceived(Instant At, int Objection, [property: Personal] string From, [property: Personal] string Text, string By) : RestitutionEvent(At);

/// <summary>An objection was settled.</summary>
/// <param name="At">When.</param>
/// <param name="Objection">Its number.</param>
/// <param name="Upheld">Whether it is right: the division falls and is announced anew.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who.</param>
[EventName("restitution.objection-settled")]
public sealed record ObjectionSettled(Instant At, int Objection, bool Upheld, string Reason, string By) : RestitutionEvent(At);

/// <summary>The division was decided by a second person; returns are ordered.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="LegalBasis">On what basis.</param>
[EventName("restitution.decided")]
public sealed record DivisionDecided(Instant At, string By, string LegalBasis) : RestitutionEvent(At);

/// <summary>An announced or decided ledger was opened again: a new victim, or a return that could not be paid.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Reason">Why.</param>
[EventName("restitution.reopened")]
public sealed record LedgerReopened(Instant At, string By, string Reason) : RestitutionEvent(At);
