using System.Collections.Immutable;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Restrictions;

/// <summary>What happens to a restriction.</summary>
/// <param name="At">When.</param>
public abstract record RestrictionEvent(Instant At) : CaseworkEvent(At);

/// <summary>Somebody was put forward to be restricted.</summary>
/// <param name="At">When.</param>
/// <param name="Restriction">Its id.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="Person">Who: the token of the person, never the number; it can be erased.</param>
/// <param name="Keeps">The account that stays for living; personal too.</param>
[EventName("restriction.proposed")]
public sealed record RestrictionProposed(
    Instant At, Guid Restriction, string Number, [property: Personal] string? Person, [property: Personal] AccountNumber? Keeps) : RestrictionEvent(At);

/// <summary>A ground was put forward, the first or one more.</summary>
/// <param name="At">When.</param>
/// <param name="Ground">The ground of the pack, by its key.</param>
/// <param name="Years">Its term, as the pack had it then.</param>
/// <param name="Reason">What the person did; personal.</param>
/// <param name="Items">How many lines and accounts.</param>
/// <param name="Times">How often.</param>
/// <param name="Buyers">To how many.</param>
/// <param name="Evidence">What shows it; lines and accounts among it are the person's.</param>
/// <param name="Authority">The authority.</param>
/// <param name="By">The issuer.</param>
[EventName("restriction.ground-given")]
public sealed record GroundGiven(
    Instant At, string Ground, int Years, [property: Personal] string? Reason, int Items, int Times, int Buyers, [property: Personal] ImmutableArray<string> Evidence, MemberCode Authority,
    string By) : RestrictionEvent(At);

/// <summary>A second person approved: the restriction is in force from now on, or lasts longer.</summary>
/// <param name="At">When.</param>
/// <param name="EndsAt">Its end: from then on it binds nobody.</param>
/// <param name="By">The approver.</param>
[EventName("restriction.approved")]
public sealed record RestrictionApproved(Instant At, Instant EndsAt, string By) : RestrictionEvent(At);

/// <summary>A second person did not approve, or the issuer took it back.</summary>
/// <param name="At">When.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who.</param>
[EventName("restriction.ground-refused")]
public sealed record GroundRefused(Instant At, string Reason, string By) : RestrictionEvent(At);

/// <summary>A member was found to have the person as a customer, and applies it.</summary>
/// <param name="At">When.</param>
/// <param name="Member">The member.</param>
/// <param name="ApplyBy">By when it confirms.</param>
[EventName("restriction.reached")]
public sealed record RestrictionReached(Instant At, MemberCode Member, Instant ApplyBy) : RestrictionEvent(At);

/// <summary>A member confirmed that it applies it.</summary>
/// <param name="At">When.</param>
/// <param name="Member">The member.</param>
/// <param name="By">Who said so.</param>
[EventName("restriction.applied")]
public sealed record RestrictionApplied(Instant At, MemberCode Member, string By) : RestrictionEvent(At);

/// <summary>A member confirmed that it let go of what had ended.</summary>
/// <param name="At">When.</param>
/// <param name="Member">The member.</param>
/// <param name="By">Who said so.</param>
[EventName("restriction.let-go")]
public sealed record RestrictionLetGo(Instant At, MemberCode Member, string By) : RestrictionEvent(At);

/// <summary>The notice was handed over.</summary>
/// <param name="At">When that was told.</param>
/// <param name="How">How.</param>
/// <param name="By">Who told it.</param>
[EventName("restriction.notice-served")]
public sealed record NoticeServed(Instant At, string How, string By) : RestrictionEvent(At);

/// <summary>Another account stays for living, or none.</summary>
/// <param name="At">When.</param>
/// <param name="Keeps">Which; personal.</param>
/// <param name="By">Who said so.</param>
[EventName("restriction.living-kept")]
public sealed record LivingKept(Instant At, [property: Personal] AccountNumber? Keeps, string By) : RestrictionEvent(At);

/// <summary>Its time was over.</summary>
/// <param name="At">When that was noted; it bound nobody from its end on.</param>
[EventName("restriction.expired")]
public sealed record RestrictionExpired(Instant At) : RestrictionEvent(At);

/// <summary>It was lifted before its end.</summary>
/// <param name="At">When.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who lifted it.</param>
/// <param name="Appeal">The appeal that was upheld; null where the authority lifted it by itself.</param>
[EventName("restriction.lifted")]
public sealed record RestrictionLifted(Instant At, string Reason, string By, Guid? Appeal) : RestrictionEvent(At);
