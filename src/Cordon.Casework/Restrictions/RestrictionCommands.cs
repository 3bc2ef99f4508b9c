using System.Collections.Immutable;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Restrictions;

/// <summary>What can be asked of a restriction.</summary>
public abstract record RestrictionCommand;

/// <summary>Put somebody forward; of somebody who is restricted already, one more ground.</summary>
/// <param name="Person">The token of the person, <c>p1-</c> and 32 hexadecimal digits.</param>
/// <param name="Ground">The ground of the pack, by its key.</param>
/// <param name="Reason">What the person did, 1 to 2,000 characters.</param>
/// <param name="Items">How many lines and accounts, 0 to 100,000.</param>
/// <param name="Times">How often, 0 to 100,000.</param>
/// <param name="Buyers">To how many, 0 to 100,000.</param>
/// <param name="Evidence">What shows it, 1 to 50 records: a finding names a line or account, a conviction a document.</param>
/// <param name="Keeps">The account that stays for living; null for none.</param>
public sealed record ProposeRestriction(
    string Person, string Ground, string Reason, int Items, int Times, int Buyers, ImmutableArray<string> Evidence, AccountNumber? Keeps = null) : RestrictionCommand;

/// <summary>Approve the ground that waits, as a second person of the authority.</summary>
public sealed record ApproveRestriction : RestrictionCommand;

/// <summary>Do not approve the ground that waits, or take it back.</summary>
/// <param name="Reason">Why, 1 to 500 characters.</param>
public sealed record RefuseRestriction(string Reason) : RestrictionCommand;

/// <summary>Lift it before its end. Somebody of the authority.</summary>
/// <param name="Reason">Why, 1 to 500 characters.</param>
public sealed record LiftRestriction(string Reason) : RestrictionCommand;

/// <summary>Say which account stays for living. Somebody of the authority.</summary>
/// <param name="Keeps">Which; null for none.</param>
public sealed record KeepForLiving(AccountNumber? Keeps) : RestrictionCommand;

/// <summary>Say that the notice was handed over. Somebody of the authority or of a member that applies it.</summary>
/// <param name="How">How, 1 to 200 characters.</param>
public sealed record ServeNotice(string How) : RestrictionCommand;

/// <summary>Confirm that one's member applies it, or, once it ended, that it let go.</summary>
public sealed record ConfirmRestriction : RestrictionCommand;

/// <summary>Look at the clock, and at whose customer the person is. Cordon itself.</summary>
internal sealed record TickRestriction : RestrictionCommand;

/// <summary>What the guards rest on besides the restriction.</summary>
/// <param name="Authority">The member that the actor acts for; the centre's own people act for the joint office.</param>
/// <param name="Sector">Its sector.</param>
/// <param name="Level">The level of its region; null where it has none.</param>
/// <param name="IsNew">Whether the person has no restriction that waits or is in force.</param>
/// <param name="Holds">Whether the person holds the account that is to stay for living.</param>
/// <param name="Missing">The first record of the evidence that Cordon does not have; null where all are there.</param>
/// <param name="Customers">The members whose customer the person is now.</param>
internal sealed record RestrictionFacts(
    MemberCode? Authority, Sector Sector, RegionLevel? Level, bool IsNew = false, bool Holds = true, string? Missing = null, ImmutableArray<MemberCode> Customers = default);
