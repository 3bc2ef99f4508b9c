using System.Collections.Immutable;
using Cordon.Casework.Rulebooks.Backtests;
using Cordon.Casework.Rulebooks.Shadow;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Rulebooks;

/// <summary>What happens to a rulebook.</summary>
/// <param name="At">When.</param>
public abstract record RulebookEvent(Instant At) : CaseworkEvent(At);

/// <summary>A rulebook was begun.</summary>
/// <param name="At">When.</param>
/// <param name="Rulebook">Its id.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="Purpose">What it changes and why.</param>
/// <param name="From">What it was made from: <c>files</c>, <c>shipped</c>, or the hash of another.</param>
/// <param name="Files">Its files, by digest.</param>
/// <param name="Author">Who began it.</param>
[EventName("rulebook.drafted")]
public sealed record RulebookDrafted(
    Instant At, Guid Rulebook, string Number, string Purpose, string From, ImmutableArray<DraftFile> Files, string Author) : RulebookEvent(At);

/// <summary>The rulebook that comes with the program became the first to judge; nobody decided that but who installed it.</summary>
/// <param name="At">When.</param>
/// <param name="Rulebook">Its id.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="Purpose">Where it comes from.</param>
/// <param name="Files">Its files, by digest.</param>
/// <param name="Hash">The hash of its content.</param>
/// <param name="Rules">How many rules it has.</param>
[EventName("rulebook.adopted")]
public sealed record RulebookAdopted(
    Instant At, Guid Rulebook, string Number, string Purpose, ImmutableArray<DraftFile> Files, string Hash, int Rules) : RulebookEvent(At);

/// <summary>Its files were changed: it is a draft again, and what was found of it counts no more.</summary>
/// <param name="At">When.</param>
/// <param name="Files">All its files, by digest.</param>
/// <param name="Author">Who wrote.</param>
[EventName("rulebook.written")]
public sealed record RulebookWritten(Instant At, ImmutableArray<DraftFile> Files, string Author) : RulebookEvent(At);

/// <summary>It compiles, and every example passes.</summary>
/// <param name="At">When.</param>
/// <param name="Hash">The hash of its content.</param>
/// <param name="Rules">How many rules it has.</param>
/// <param name="Examples">How many examples passed.</param>
[EventName("rulebook.checked")]
public sealed record RulebookChecked(Instant At, string Hash, int Rules, int Examples) : RulebookEvent(At);

/// <summary>A report over stored history was attached.</summary>
/// <param name="At">When.</param>
/// <param name="Backtest">The run.</param>
/// <param name="Found">Its sums.</param>
[EventName("rulebook.backtested")]
public sealed record RulebookBacktested(Instant At, Guid Backtest, BacktestTally Found) : RulebookEvent(At);

/// <summary>It judges live traffic beside the active one.</summary>
/// <param name="At">When.</param>
/// <param name="After">The last record of the journal before that.</param>
[EventName("rulebook.shadow-started")]
public sealed record ShadowStarted(Instant At, long After) : RulebookEvent(At);

/// <summary>It does so no more.</summary>
/// <param name="At">When.</param>
/// <param name="Found">What would have differed.</param>
[EventName("rulebook.shadow-stopped")]
public sealed record ShadowStopped(Instant At, ShadowTally Found) : RulebookEvent(At);

/// <summary>A second person agreed, having seen these figures.</summary>
/// <param name="At">When.</param>
/// <param name="Approver">Who.</param>
/// <param name="Note">What the approver says.</param>
/// <param name="Hash">What was approved.</param>
/// <param name="Found">What its shadow found.</param>
[EventName("rulebook.approved")]
public sealed record RulebookApproved(Instant At, string Approver, string Note, string Hash, ShadowTally Found) : RulebookEvent(At);

/// <summary>A second person did not agree: it is a draft again.</summary>
/// <param name="At">When.</param>
/// <param name="Reason">Why.</param>
[EventName("rulebook.sent-back")]
public sealed record RulebookSentBack(Instant At, string Reason) : RulebookEvent(At);

/// <summary>It became the one that judges. The engine is told in the same transaction.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who put it to work.</param>
/// <param name="Hash">The hash of its content.</param>
/// <param name="Reason">Why now.</param>
[EventName("rulebook.put-to-work")]
public sealed record RulebookPutToWork(Instant At, string By, string Hash, string Reason) : RulebookEvent(At);

/// <summary>Another became the one that judges.</summary>
/// <param name="At">When.</param>
/// <param name="By">The other.</param>
[EventName("rulebook.superseded")]
public sealed record RulebookSuperseded(Instant At, Guid By) : RulebookEvent(At);

/// <summary>In an emergency it was brought back by one person; a second owes a confirmation.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who brought it back.</param>
/// <param name="Hash">The hash of its content.</param>
/// <param name="Reason">What the emergency is.</param>
/// <param name="ConfirmBy">By when a second person confirms.</param>
[EventName("rulebook.brought-back")]
public sealed record RulebookBroughtBack(Instant At, string By, string Hash, string Reason, Instant ConfirmBy) : RulebookEvent(At);

/// <summary>A second person confirmed that it was right to bring it back.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
[EventName("rulebook.bringing-back-confirmed")]
public sealed record BringingBackConfirmed(Instant At, string By) : RulebookEvent(At);

/// <summary>Nobody had confirmed in time.</summary>
/// <param name="At">When that was noted.</param>
/// <param name="Due">When it was due.</param>
[EventName("rulebook.bringing-back-overdue")]
public sealed record BringingBackOverdue(Instant At, Instant Due) : RulebookEvent(At);

/// <summary>It was dropped before it ever judged.</summary>
/// <param name="At">When.</param>
/// <param name="Reason">Why.</param>
[EventName("rulebook.withdrawn")]
public sealed record RulebookWithdrawn(Instant At, string Reason) : RulebookEvent(At);
