using Cordon.Engine.Signals;

namespace Cordon.Casework.Indicators;

/// <summary>What happens to an indicator.</summary>
/// <param name="At">When.</param>
public abstract record IndicatorEvent(Instant At) : CaseworkEvent(At);

/// <summary>An identifier was proposed, or proposed again after it had ended.</summary>
/// <param name="At">When.</param>
/// <param name="Indicator">Its id.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="Kind">What it names.</param>
/// <param name="Value">The identifier; it may be a person's, so it is kept beside the audited part.</param>
/// <param name="Origin">Where it comes from.</param>
/// <param name="Giver">The member that gave it.</param>
/// <param name="Case">The case that it was born from.</param>
/// <param name="Order">The order that it was born from.</param>
/// <param name="Confidence">How sure, 0 to 100.</param>
/// <param name="Tlp">Who may be told.</param>
/// <param name="Until">From when on it counts no more.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who.</param>
[EventName("indicator.proposed")]
public sealed record IndicatorProposed(
    Instant At, Guid Indicator, string Number, IndicatorKind Kind, [property: Personal] string Value, IndicatorOrigin Origin, MemberCode? Giver, Guid? Case, Guid? Order,
    int Confidence, Tlp Tlp, Instant Until, string Reason, string By) : IndicatorEvent(At);

/// <summary>A second person confirmed it: from now on it counts.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Feed">Its place in the feed.</param>
[EventName("indicator.confirmed")]
public sealed record IndicatorConfirmed(Instant At, string By, long Feed) : IndicatorEvent(At);

/// <summary>It counts until another day.</summary>
/// <param name="At">When.</param>
/// <param name="Until">From when on it counts no more.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who.</param>
/// <param name="Feed">Its place in the feed.</param>
[EventName("indicator.prolonged")]
public sealed record IndicatorProlonged(Instant At, Instant Until, string Reason, string By, long Feed) : IndicatorEvent(At);

/// <summary>A member says that it hits somebody honest.</summary>
/// <param name="At">When.</param>
/// <param name="Member">Which member.</param>
/// <param name="Reason">Why; it tells of a person.</param>
/// <param name="By">Who of it.</param>
[EventName("indicator.voted-false")]
public sealed record IndicatorVotedFalse(Instant At, MemberCode Member, [property: Personal] string Reason, string By) : IndicatorEvent(At);

/// <summary>So many members say so that it counts no more until somebody decides.</summary>
/// <param name="At">When.</param>
/// <param name="Feed">Its place in the feed.</param>
[EventName("indicator.disputed")]
public sealed record IndicatorDisputed(Instant At, long Feed) : IndicatorEvent(At);

/// <summary>A member saw it.</summary>
/// <param name="At">When it was told.</param>
/// <param name="Member">Which member.</param>
/// <param name="Count">How often.</param>
/// <param name="SeenAt">When last.</param>
/// <param name="By">Who of it.</param>
[EventName("indicator.sighted")]
public sealed record IndicatorSighted(Instant At, MemberCode Member, int Count, Instant SeenAt, string By) : IndicatorEvent(At);

/// <summary>A member that was told of it dropped it, because it was recalled.</summary>
/// <param name="At">When.</param>
/// <param name="Member">Which member.</param>
/// <param name="Feed">The place of the recall in the feed.</param>
/// <param name="By">Who of it.</param>
[EventName("indicator.recall-received")]
public sealed record IndicatorRecallReceived(Instant At, MemberCode Member, long Feed, string By) : IndicatorEvent(At);

/// <summary>It ended: its time was over, it was recalled, or nobody confirmed it.</summary>
/// <param name="At">When.</param>
/// <param name="State">How.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who.</param>
/// <param name="Feed">Its place in the feed; 0 where members were never told of it.</param>
[EventName("indicator.ended")]
public sealed record IndicatorEnded(Instant At, IndicatorState State, string Reason, string By, long Feed) : IndicatorEvent(At);
