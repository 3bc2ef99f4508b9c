using System.Collections.Immutable;
using Cordon.Casework.Duties;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Rectifications.Ladder;

/// <summary>A source as a document cites it.</summary>
/// <param name="Zh">The citation in Chinese.</param>
/// <param name="En">The citation in English.</param>
/// <param name="Tier">How binding it is.</param>
/// <param name="Mark">How it was read; null of what is our own.</param>
public sealed record CitedSource(string Zh, string En, SourceTier Tier, SourceMark? Mark)
{
    /// <summary>Cites a source of the pack.</summary>
    public static CitedSource Of(DutySource source) => new(source.Citation.Zh, source.Citation.En, source.Tier, source.Mark);
}

/// <summary>What a step will bar once it is in force.</summary>
/// <param name="Bars">From what.</param>
/// <param name="Holder">Whom.</param>
/// <param name="For">How long.</param>
/// <param name="From">Counted from what.</param>
/// <param name="Source">Where that stands.</param>
public sealed record PlannedEffect(ImmutableArray<Bar> Bars, BarHolder Holder, Term For, CountedFrom From, CitedSource Source);

/// <summary>What a step bars.</summary>
/// <param name="Bar">From what.</param>
/// <param name="Holder">Whom.</param>
/// <param name="CountedFrom">From when the term is counted.</param>
/// <param name="From">From when it bars: nobody is barred before the decision.</param>
/// <param name="To">The first instant after.</param>
/// <param name="Source">Where that stands.</param>
public sealed record StandingEffect(Bar Bar, BarHolder Holder, Instant CountedFrom, Instant From, Instant To, CitedSource Source);

/// <summary>The terms of one step, taken from the pack when it is proposed.</summary>
/// <param name="Issue">How it comes into force.</param>
/// <param name="Stands">How long it stands.</param>
/// <param name="Limit">The limit of a listing; null of another.</param>
/// <param name="AppealDays">Days from its coming into force in which the subject can appeal.</param>
/// <param name="UtcOffset">The offset by which days are told.</param>
/// <param name="Effects">What it bars.</param>
public sealed record StepTerms(RungIssue Issue, Term Stands, Term? Limit, int AppealDays, TimeSpan UtcOffset, ImmutableArray<PlannedEffect> Effects);

/// <summary>What happens to a step.</summary>
/// <param name="At">When.</param>
public abstract record StepEvent(Instant At) : CaseworkEvent(At);

/// <summary>A step was drafted, with all that its document says.</summary>
/// <param name="At">When.</param>
/// <param name="Step">Its id.</param>
/// <param name="Number">The document's number.</param>
/// <param name="Pack">The hash of the ladder that judged.</param>
/// <param name="Rung">Which rung.</param>
/// <param name="Subject">Against whom.</param>
/// <param name="Member">The member that answers: the subject itself, or a region's government; null where the region has none.</param>
/// <param name="Unit">The reseller or branch named; null for none.</param>
/// <param name="Trigger">What led to it.</param>
/// <param name="Occurred">When that was: the event, or the deadline that passed.</param>
/// <param name="ReasonZh">The reason in Chinese.</param>
/// <param name="ReasonEn">The reason in English.</param>
/// <param name="Basis">Where the rung stands.</param>
/// <param name="Officers">The responsible officers named.</param>
/// <param name="Behind">The rectifications behind it.</param>
/// <param name="Terms">The terms.</param>
/// <param name="DecideBy">By when it is to be decided; null where it comes into force by itself.</param>
/// <param name="Prolongs">The veto that it prolongs; null where it prolongs none.</param>
/// <param name="By">Who drafted it.</param>
[EventName("ladder.proposed")]
public sealed record StepProposed(
    Instant At, Guid Step, string Number, string Pack, Rung Rung, LadderSubject Subject, MemberCode? Member, string? Unit, LadderTrigger Trigger, Instant Occurred,
    string ReasonZh, string ReasonEn, CitedSource Basis, [property: Personal] ImmutableArray<Officer> Officers, ImmutableArray<Guid> Behind, StepTerms Terms, Instant? DecideBy,
    Guid? Prolongs, string By) : StepEvent(At);

/// <summary>The first of two persons decided for it.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Reason">Why.</param>
[EventName("ladder.endorsed")]
public sealed record StepEndorsed(Instant At, string By, string Reason) : StepEvent(At);

/// <summary>A step came into force.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who decided it.</param>
/// <param name="Reason">Why; null where it comes into force by itself.</param>
/// <param name="Effects">What it bars.</param>
/// <param name="Limit">The limit of a listing; null of another.</param>
/// <param name="StandsUntil">Until when it stands; of a listing, when it would if it were delisted.</param>
/// <param name="AppealUntil">Until when the subject can appeal.</param>
/// <param name="Behind">The rectifications behind it.</param>
[EventName("ladder.issued")]
public sealed record StepIssued(
    Instant At, string By, string? Reason, ImmutableArray<StandingEffect> Effects, Instant? Limit, Instant StandsUntil, Instant AppealUntil, ImmutableArray<Guid> Behind) : StepEvent(At);

/// <summary>A draft was dropped.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who dropped it.</param>
/// <param name="Reason">Why.</param>
[EventName("ladder.dropped")]
public sealed record StepDropped(Instant At, string By, string Reason) : StepEvent(At);

/// <summary>A further trigger came while a step stands: it stands longer.</summary>
/// <param name="At">When.</param>
/// <param name="Trigger">The trigger.</param>
/// <param name="Record">The record behind it: a rectification's number.</param>
/// <param name="StandsUntil">Until when now.</param>
[EventName("ladder.prolonged")]
public sealed record StepProlonged(Instant At, LadderTrigger Trigger, string? Record, Instant StandsUntil) : StepEvent(At);

/// <summary>The limit of a listing passed and what it asks for was not reached.</summary>
/// <param name="At">When it was noted.</param>
/// <param name="Limit">The limit.</param>
/// <param name="Missing">The numbers of the rectifications that are not mended.</param>
[EventName("ladder.target-missed")]
public sealed record ListedTargetWasMissed(Instant At, Instant Limit, ImmutableArray<string> Missing) : StepEvent(At);

/// <summary>A subject was delisted: all that is behind the listing is mended. What it is barred from runs on.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who decided.</param>
[EventName("ladder.delisted")]
public sealed record StepDelisted(Instant At, string By) : StepEvent(At);

/// <summary>The subject appealed.</summary>
/// <param name="At">When.</param>
/// <param name="Text">What it says.</param>
/// <param name="By">Who said it.</param>
[EventName("ladder.appealed")]
public sealed record StepAppealed(Instant At, string Text, string By) : StepEvent(At);

/// <summary>An appeal was decided; where it is upheld, the step is revoked with all its effects.</summary>
/// <param name="At">When.</param>
/// <param name="Upheld">Whether the subject is right.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who decided.</param>
[EventName("ladder.appeal-decided")]
public sealed record StepAppealDecided(Instant At, bool Upheld, string Reason, string By) : StepEvent(At);
