using System.Collections.Immutable;
using Cordon.Casework.Controls;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Rectifications;

/// <summary>What happens to a rectification.</summary>
/// <param name="At">When.</param>
public abstract record RectificationEvent(Instant At) : CaseworkEvent(At);

/// <summary>A member was ordered to mend a loophole by a date.</summary>
/// <param name="At">When.</param>
/// <param name="Rectification">Its id.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="Member">Who mends.</param>
/// <param name="Unit">The reseller or branch; null for the member as a whole.</param>
/// <param name="Root">What the cause is rooted in; see <see cref="RectificationCause"/>.</param>
/// <param name="Pack">The hash of the pack of duties that judged.</param>
/// <param name="WhatZh">What is to be mended, in Chinese.</param>
/// <param name="WhatEn">What is to be mended, in English.</param>
/// <param name="Duty">The duty that was not kept.</param>
/// <param name="Measured">Whether a control measures it.</param>
/// <param name="Finding">The finding that shows it; null of a reading.</param>
/// <param name="Reading">The reading that shows it; null of a finding.</param>
/// <param name="Evidence">The records that show it.</param>
/// <param name="Due">By when.</param>
/// <param name="Terms">The terms.</param>
/// <param name="By">Who ordered it.</param>
[EventName("rectification.opened")]
public sealed record RectificationOpened(
    Instant At, Guid Rectification, string Number, MemberCode Member, string? Unit, string Root, string Pack, string WhatZh, string WhatEn, string Duty, bool Measured,
    Guid? Finding, ControlReading? Reading, ImmutableArray<string> Evidence, Instant Due, RectificationTerms Terms, string By) : RectificationEvent(At);

/// <summary>Something more of the same cause was found.</summary>
/// <param name="At">When.</param>
/// <param name="Duty">The duty that was not kept.</param>
/// <param name="Measured">Whether a control measures it.</param>
/// <param name="Finding">The finding; null of a reading.</param>
/// <param name="Reading">The reading; null of a finding.</param>
/// <param name="Evidence">The records that show it.</param>
[EventName("rectification.joined")]
public sealed record ShortcomingJoined(Instant At, string Duty, bool Measured, Guid? Finding, ControlReading? Reading, ImmutableArray<string> Evidence) : RectificationEvent(At);

/// <summary>The member told how it will mend it.</summary>
/// <param name="At">When.</param>
/// <param name="Text">What it will do.</param>
/// <param name="Officer">Who answers for it by name.</param>
/// <param name="Until">By when, not after the date ordered.</param>
/// <param name="By">Who told it.</param>
[EventName("rectification.planned")]
public sealed record RectificationPlanned(Instant At, string Text, [property: Personal] string Officer, Instant Until, string By) : RectificationEvent(At);

/// <summary>The member says that it is mended. That closes nothing: the control is read again.</summary>
/// <param name="At">When.</param>
/// <param name="Text">What was done.</param>
/// <param name="Evidence">Records and papers that show it.</param>
/// <param name="RecheckUntil">The end of the span over which the control is read.</param>
/// <param name="By">Who says so.</param>
[EventName("rectification.claimed")]
public sealed record RectificationClaimed(Instant At, string Text, ImmutableArray<string> Evidence, Instant RecheckUntil, string By) : RectificationEvent(At);

/// <summary>The span held too few occasions to tell; it is read longer.</summary>
/// <param name="At">When.</param>
/// <param name="Readings">What the controls said.</param>
/// <param name="Until">The new end of the span.</param>
[EventName("rectification.recheck-prolonged")]
public sealed record RecheckProlonged(Instant At, ImmutableArray<ControlReading> Readings, Instant Until) : RectificationEvent(At);

/// <summary>No control can tell whether it is mended: a person must look.</summary>
/// <param name="At">When.</param>
/// <param name="Readings">What the controls said; empty where none measures it.</param>
[EventName("rectification.inspection-awaited")]
public sealed record InspectionAwaited(Instant At, ImmutableArray<ControlReading> Readings) : RectificationEvent(At);

/// <summary>It is mended: by every control over the whole span, or by a named person who inspected it.</summary>
/// <param name="At">When.</param>
/// <param name="Readings">What the controls said; empty of an inspection.</param>
/// <param name="WatchUntil">Until when a burnt control reopens it.</param>
/// <param name="Inspector">Who inspected; null where the controls show it.</param>
/// <param name="Reason">What the inspector saw; null where the controls show it.</param>
[EventName("rectification.mended")]
public sealed record RectificationMended(Instant At, ImmutableArray<ControlReading> Readings, Instant WatchUntil, string? Inspector, string? Reason) : RectificationEvent(At);

/// <summary>It is not mended though the member said so.</summary>
/// <param name="At">When.</param>
/// <param name="Readings">The readings that show it; empty of an inspection or a finding.</param>
/// <param name="Due">By when it is to be mended now.</param>
/// <param name="Finding">The finding that shows it; null else.</param>
/// <param name="Inspector">Who inspected; null else.</param>
/// <param name="Reason">What the inspector saw; null else.</param>
[EventName("rectification.refuted")]
public sealed record RectificationRefuted(
    Instant At, ImmutableArray<ControlReading> Readings, Instant Due, Guid? Finding, string? Inspector, string? Reason) : RectificationEvent(At);

/// <summary>What was mended came back while it was watched.</summary>
/// <param name="At">When it was seen.</param>
/// <param name="Duty">The duty that was not kept.</param>
/// <param name="Measured">Whether a control measures it.</param>
/// <param name="Reading">The reading that shows it; null of a finding.</param>
/// <param name="Finding">The finding that shows it; null of a reading.</param>
/// <param name="Due">By when it is to be mended now.</param>
[EventName("rectification.relapsed")]
public sealed record RectificationRelapsed(Instant At, string Duty, bool Measured, ControlReading? Reading, Guid? Finding, Instant Due) : RectificationEvent(At);

/// <summary>The date passed without a claim, or a further period after it.</summary>
/// <param name="At">When it was noted.</param>
/// <param name="Deadline">What passed.</param>
/// <param name="Count">How often this rectification has been overdue, from 1.</param>
/// <param name="Next">When it will be overdue again.</param>
[EventName("rectification.overdue")]
public sealed record RectificationOverdue(Instant At, Instant Deadline, int Count, Instant Next) : RectificationEvent(At);

/// <summary>The member contests it.</summary>
/// <param name="At">When.</param>
/// <param name="Contest">Its number in the rectification, from 1.</param>
/// <param name="Text">What the member says.</param>
/// <param name="By">Who said it.</param>
[EventName("rectification.contested")]
public sealed record RectificationContested(Instant At, int Contest, string Text, string By) : RectificationEvent(At);

/// <summary>A contest was decided; where it is upheld, the order is withdrawn.</summary>
/// <param name="At">When.</param>
/// <param name="Contest">Its number.</param>
/// <param name="Upheld">Whether the member is right.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who decided.</param>
[EventName("rectification.contest-decided")]
public sealed record RectificationContestDecided(Instant At, int Contest, bool Upheld, string Reason, string By) : RectificationEvent(At);
