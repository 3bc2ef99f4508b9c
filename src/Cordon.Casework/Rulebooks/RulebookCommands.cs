using System.Collections.Immutable;
using Cordon.Casework.Rulebooks.Backtests;
using Cordon.Casework.Rulebooks.Shadow;

namespace Cordon.Casework.Rulebooks;

/// <summary>What can be asked of a rulebook that exists. What a command needs to know of the world, it carries.</summary>
internal abstract record RulebookCommand;

/// <summary>Change its files.</summary>
/// <param name="Files">All its files.</param>
/// <param name="Version">The version of the draft that the writer had before the eyes.</param>
internal sealed record WriteFiles(ImmutableArray<DraftFile> Files, int Version) : RulebookCommand;

/// <summary>Note that it compiles and every example passes.</summary>
/// <param name="Files">The files that were checked.</param>
/// <param name="Hash">The hash of their content.</param>
/// <param name="Rules">How many rules.</param>
/// <param name="Examples">How many examples passed.</param>
internal sealed record NoteCheck(ImmutableArray<DraftFile> Files, string Hash, int Rules, int Examples) : RulebookCommand;

/// <summary>Attach a finished backtest.</summary>
/// <param name="Backtest">The run.</param>
/// <param name="Hash">The rulebook that it ran.</param>
/// <param name="Found">Its sums; null while it runs or where it failed.</param>
internal sealed record AttachBacktest(Guid Backtest, string Hash, BacktestTally? Found) : RulebookCommand;

/// <summary>Let it judge live traffic beside the active one.</summary>
/// <param name="After">The last record of the journal.</param>
/// <param name="Running">The number of another rulebook whose shadow runs; null where none does.</param>
internal sealed record StartShadow(long After, string? Running) : RulebookCommand;

/// <summary>Stop that.</summary>
/// <param name="Found">What would have differed.</param>
internal sealed record StopShadow(ShadowTally Found) : RulebookCommand;

/// <summary>Agree to it, as a second person.</summary>
/// <param name="Note">What the approver says, 1 to 500 characters.</param>
/// <param name="Found">What its shadow has found so far, where it runs.</param>
/// <param name="ShadowAtLeast">How long a shadow lasts at least.</param>
internal sealed record ApproveRulebook(string Note, ShadowTally Found, TimeSpan ShadowAtLeast) : RulebookCommand;

/// <summary>Disagree, as a second person.</summary>
/// <param name="Reason">Why, 1 to 500 characters.</param>
internal sealed record SendBack(string Reason) : RulebookCommand;

/// <summary>Make it the one that judges.</summary>
/// <param name="Reason">Why now, 1 to 500 characters.</param>
internal sealed record PutToWork(string Reason) : RulebookCommand;

/// <summary>Let another take its place.</summary>
/// <param name="By">The other.</param>
internal sealed record Supersede(Guid By) : RulebookCommand;

/// <summary>Bring it back at once, as one person in an emergency.</summary>
/// <param name="Reason">What the emergency is, 1 to 500 characters.</param>
/// <param name="OwedBy">Who brought the active one back and still waits for a confirmation; null where none is owed.</param>
/// <param name="ConfirmWithin">How long a second person has.</param>
internal sealed record BringBack(string Reason, string? OwedBy, TimeSpan ConfirmWithin) : RulebookCommand;

/// <summary>Confirm, as a second person, that it was right to bring it back.</summary>
internal sealed record ConfirmBringingBack : RulebookCommand;

/// <summary>Drop it before it judges.</summary>
/// <param name="Reason">Why, 1 to 500 characters.</param>
internal sealed record WithdrawRulebook(string Reason) : RulebookCommand;

/// <summary>The clock looks at it.</summary>
internal sealed record CheckConfirmation : RulebookCommand;
