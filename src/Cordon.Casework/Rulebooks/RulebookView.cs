using System.Collections.Immutable;
using Cordon.Casework.Rulebooks.Shadow;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Rulebooks;

/// <summary>A rulebook as the API tells of it, without its texts.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="Version">Which version it is; send it back with changed files.</param>
/// <param name="Purpose">What it changes and why.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Hash">The hash of its content; absent until it checks.</param>
/// <param name="Rules">How many rules it has; 0 until it checks.</param>
/// <param name="Examples">How many examples passed.</param>
/// <param name="Files">Its files, by digest.</param>
/// <param name="Authors">All who wrote in it.</param>
/// <param name="DraftedAt">When it was begun.</param>
/// <param name="ChangedAt">When anything last happened to it.</param>
/// <param name="Backtest">The backtest attached.</param>
/// <param name="ShadowStartedAt">When its shadow began.</param>
/// <param name="ShadowStoppedAt">When its shadow was stopped.</param>
/// <param name="Shadow">What its shadow found, once stopped.</param>
/// <param name="Approver">Who approved it.</param>
/// <param name="ApprovedAt">When.</param>
/// <param name="ActivatedAt">When it last became the one that judges.</param>
/// <param name="ActivatedBy">Who made it so.</param>
/// <param name="SupersededAt">When it last ceased to judge.</param>
/// <param name="ConfirmBy">By when a second person confirms that it was brought back.</param>
/// <param name="ConfirmedBy">Who did.</param>
/// <param name="OverdueAt">When it was noted that nobody had in time.</param>
/// <param name="Reason">The reason or note given at the last step that had one.</param>
internal sealed record RulebookView(
    Guid Id, string Number, int Version, string Purpose, RulebookState State, string? Hash, int Rules, int Examples, ImmutableArray<DraftFile> Files,
    ImmutableArray<string> Authors, Instant DraftedAt, Instant ChangedAt, Guid? Backtest, Instant? ShadowStartedAt, Instant? ShadowStoppedAt, ShadowTally? Shadow,
    string? Approver, Instant? ApprovedAt, Instant? ActivatedAt, string? ActivatedBy, Instant? SupersededAt, Instant? ConfirmBy, string? ConfirmedBy,
    Instant? OverdueAt, string? Reason)
{
    public static RulebookView Of(RulebookDraft d) => new(
        d.Id, d.Number, d.Version, d.Purpose, d.State, d.Hash, d.Rules, d.Examples, d.Files,
        d.Authors, d.DraftedAt, d.ChangedAt, d.Backtest, d.ShadowStartedAt, d.ShadowStoppedAt, d.Shadow,
        d.Approver, d.ApprovedAt, d.ActivatedAt, d.ActivatedBy, d.SupersededAt, d.ConfirmBy, d.ConfirmedBy,
        d.OverdueAt, d.Reason);
}

/// <summary>Which rulebook judges.</summary>
/// <param name="Active">The one put to work; absent where none was ever.</param>
/// <param name="Previous">The one that one click brings back.</param>
/// <param name="Judging">The hash that the engine judges by at this moment.</param>
internal sealed record StandingView(RulebookView? Active, RulebookView? Previous, string Judging)
{
    public static StandingView Of(RulebookStanding s) => new(
        s.Active is null ? null : RulebookView.Of(s.Active), s.Previous is null ? null : RulebookView.Of(s.Previous), s.Judging);
}
