using System.Collections.Immutable;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Restitution;

/// <summary>What can be asked of a ledger that exists.</summary>
public abstract record RestitutionCommand;

/// <summary>Announce a division. Police only.</summary>
/// <param name="Method">By which rule.</param>
/// <param name="Reason">Why not by the legal one; needed only then, 1 to 500 characters.</param>
/// <param name="LegalBasis">The basis named, 1 to 200 characters.</param>
/// <param name="HeldMinor">What is held and not ordered back yet, by the desk's own count in the same transaction.</param>
/// <param name="Claims">The claims, likewise.</param>
/// <param name="ObjectUntil">Until when it can be objected to, should there be a notice.</param>
public sealed record AnnounceDivision(
    DivisionMethod Method, string? Reason, string LegalBasis, long HeldMinor, ImmutableArray<VictimClaim> Claims, Instant ObjectUntil) : RestitutionCommand;

/// <summary>Take down an objection.</summary>
/// <param name="From">Who objects, 1 to 200 characters.</param>
/// <param name="Text">What is said, 1 to 4,000 characters.</param>
public sealed record TakeObjection(string From, string Text) : RestitutionCommand;

/// <summary>Settle an objection. Police, and not who announced the division.</summary>
/// <param name="Objection">Its number.</param>
/// <param name="Upheld">Whether it is right.</param>
/// <param name="Reason">Why, 1 to 500 characters.</param>
public sealed record SettleObjection(int Objection, bool Upheld, string Reason) : RestitutionCommand;

/// <summary>Decide the division. Police, and not who announced it.</summary>
/// <param name="LegalBasis">The basis named, 1 to 200 characters.</param>
/// <param name="HeldMinor">What is held and not ordered back yet, by the desk's own count in the same transaction.</param>
/// <param name="Claims">The claims, likewise: if they are others than those announced, the division falls.</param>
public sealed record DecideDivision(string LegalBasis, long HeldMinor, ImmutableArray<VictimClaim> Claims) : RestitutionCommand;

/// <summary>Open an announced or decided ledger again. Police only.</summary>
/// <param name="Reason">Why, 1 to 500 characters.</param>
public sealed record ReopenLedger(string Reason) : RestitutionCommand;
