using System.Collections.Immutable;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Reports;

/// <summary>What happens to reports.</summary>
/// <param name="At">When.</param>
public abstract record ReportEvent(Instant At) : CaseworkEvent(At);

/// <summary>A report came in and was put to a case.</summary>
/// <param name="At">When it came in.</param>
/// <param name="Report">Its id.</param>
/// <param name="SourceId">The sender's own id.</param>
/// <param name="Channel">How it came in.</param>
/// <param name="Reporter">The victim's name.</param>
/// <param name="Phone">The victim's number.</param>
/// <param name="Text">What was told, masked.</param>
/// <param name="FraudType">The type of fraud.</param>
/// <param name="TypeTold">The type as told.</param>
/// <param name="TypeBy">Who told it; null where it was guessed from the words.</param>
/// <param name="Suspects">Who and where to.</param>
/// <param name="Losses">The payments told of.</param>
/// <param name="ReportedAt">When the victim reported.</param>
/// <param name="Case">The case it belongs to.</param>
/// <param name="VouchedBy">Who answers for the victim; null of a stranger's.</param>
/// <param name="Matched">How many of its payments were found among the signals.</param>
/// <param name="Duplicates">Those of its payments that are counted with other reports.</param>
/// <param name="Origin">The keyed digest of a stranger's address.</param>
/// <param name="SecretHash">The digest of a stranger's secret.</param>
[EventName("report.received")]
public sealed record ReportReceived(
    Instant At, Guid Report, string SourceId, ReportChannel Channel, [property: Personal] string? Reporter, [property: Personal] PhoneNumber? Phone,
    [property: Personal] string? Text, string FraudType, string TypeTold, string? TypeBy, Suspects Suspects, ImmutableArray<ReportedLoss> Losses,
    Instant ReportedAt, Guid Case, string? VouchedBy, int Matched, ImmutableArray<ToldTwice> Duplicates,
    [property: Personal] string? Origin, [property: Personal] string? SecretHash) : ReportEvent(At);

/// <summary>A clerk verified who the victim is, and confirmed what was lost.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="How">How the victim was verified.</param>
/// <param name="FraudType">The type of fraud that the clerk chose.</param>
/// <param name="Losses">The payments as confirmed.</param>
/// <param name="Matched">How many of them were found among the signals.</param>
/// <param name="Duplicates">Those that are counted with other reports.</param>
[EventName("report.verified")]
public sealed record ReportVerified(
    Instant At, string By, [property: Personal] string How, string FraudType, ImmutableArray<ReportedLoss> Losses, int Matched, ImmutableArray<ToldTwice> Duplicates) : ReportEvent(At);

/// <summary>A clerk chose another type of fraud.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="FraudType">The type.</param>
[EventName("report.type-chosen")]
public sealed record ReportTypeChosen(Instant At, string By, string FraudType) : ReportEvent(At);

/// <summary>A clerk looked at it: there is no loss, or nobody stands behind it.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Reason">Why.</param>
[EventName("report.unfounded")]
public sealed record ReportFoundUnfounded(Instant At, string By, string Reason) : ReportEvent(At);

/// <summary>Payments that were missing have been told by their banks.</summary>
/// <param name="At">When.</param>
/// <param name="Losses">How many.</param>
[EventName("report.matched")]
public sealed record ReportMatched(Instant At, int Losses) : ReportEvent(At);

/// <summary>Payments of it were found to be those of another report, and are counted with that.</summary>
/// <param name="At">When.</param>
/// <param name="Found">Which.</param>
[EventName("report.told-twice")]
public sealed record LossesToldTwice(Instant At, ImmutableArray<ToldTwice> Found) : ReportEvent(At);

/// <summary>A clerk said that a payment is a loss of its own.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Loss">Which payment, from 0.</param>
/// <param name="Reason">Why.</param>
[EventName("report.duplicate-refuted")]
public sealed record DuplicateRefuted(Instant At, string By, int Loss, string Reason) : ReportEvent(At);

/// <summary>The report that its payments were counted with counts no more: they are counted here again.</summary>
/// <param name="At">When.</param>
/// <param name="Other">That report.</param>
[EventName("report.duplicates-released")]
public sealed record DuplicatesReleased(Instant At, Guid Other) : ReportEvent(At);
