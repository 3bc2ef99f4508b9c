using System.Collections.Immutable;
using Cordon.Casework.Members;
using Cordon.Casework.Rulebooks.Shadow;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Rulebooks;

/// <summary>The guards of a rulebook: pure, in ladders, first failing rung answers.</summary>
internal static class RulebookRules
{
    public const int ReasonLength = 500;
    private const int MaxAllFiles = 4 << 20;

    public static Decision<RulebookEvent> Decide(RulebookDraft draft, RulebookCommand command, Actor actor, Instant now) => command switch
    {
        WriteFiles c => Write(draft, c, actor, now),
        NoteCheck c => Note(draft, c, actor, now),
        AttachBacktest c => Attach(draft, c, actor, now),
        StartShadow c => Start(draft, c, actor, now),
        StopShadow c => Stop(draft, c, actor, now),
        ApproveRulebook c => Approve(draft, c, actor, now),
        SendBack c => Return(draft, c, actor, now),
        PutToWork c => Put(draft, c, actor, now),
        Supersede c => draft.State == RulebookState.Active ? new RulebookSuperseded(now, c.By) : RulebookRefusal.WrongState(draft.State, "superseded"),
        BringBack c => Bring(draft, c, actor, now),
        ConfirmBringingBack => Confirm(draft, actor, now),
        WithdrawRulebook c => Withdraw(draft, c, actor, now),
        CheckConfirmation => Check(draft, now),
        _ => throw new InvalidOperationException($"No guard for {command.GetType().Name}."),
    };

    /// <summary>Whether a rulebook may be begun; null where it may.</summary>
    public static Refusal? Begin(Actor actor, string purpose, ImmutableArray<DraftFile> files)
    {
        if (!actor.Is(Roles.RuleAuthor)) return RulebookRefusal.NotAuthor;
        if (!IsReason(purpose)) return RulebookRefusal.BadPurpose;
        return AreFiles(files) ? null : RulebookRefusal.BadFiles;
    }

    private static Decision<RulebookEvent> Write(RulebookDraft draft, WriteFiles command, Actor actor, Instant now)
    {
        if (!actor.Is(Roles.RuleAuthor)) return RulebookRefusal.NotAuthor;
        if (!draft.Open) return RulebookRefusal.WrongState(draft.State, "written");
        if (!AreFiles(command.Files)) return RulebookRefusal.BadFiles;
        if (draft.Files.SequenceEqual(command.Files)) return Decision<RulebookEvent>.Nothing;
        if (draft.Version != command.Version) return RulebookRefusal.ChangedMeanwhile;
        return new RulebookWritten(now, command.Files, actor.Id);
    }

    private static Decision<RulebookEvent> Note(RulebookDraft draft, NoteCheck command, Actor actor, Instant now)
    {
        if (!actor.Is(Roles.RuleAuthor)) return RulebookRefusal.NotAuthor;
        if (!draft.Files.SequenceEqual(command.Files)) return RulebookRefusal.ChangedMeanwhile;
        if (draft.Hash == command.Hash) return Decision<RulebookEvent>.Nothing;
        if (draft.State != RulebookState.Draft) return RulebookRefusal.WrongState(draft.State, "checked");
        return new RulebookChecked(now, command.Hash, command.Rules, command.Examples);
    }

    private static Decision<RulebookEvent> Attach(RulebookDraft draft, AttachBacktest command, Actor actor, Instant now)
    {
        if (!actor.Is(Roles.RuleAuthor)) return RulebookRefusal.NotAuthor;
        if (draft.State is not (RulebookState.Checked or RulebookState.Backtested)) return RulebookRefusal.WrongState(draft.State, "backtested");
        if (draft.Hash != command.Hash) return RulebookRefusal.OtherRulebook;
        if (command.Found is not { } found) return RulebookRefusal.BacktestUnfinished;
        if (draft.Backtest == command.Backtest) return Decision<RulebookEvent>.Nothing;
        return new RulebookBacktested(now, command.Backtest, found);
    }

    private static Decision<RulebookEvent> Start(RulebookDraft draft, StartShadow command, Actor actor, Instant now)
    {
        if (!actor.Is(Roles.RuleAuthor)) return RulebookRefusal.NotAuthor;
        if (draft.ShadowRuns) return Decision<RulebookEvent>.Nothing;
        if (draft.State is not (RulebookState.Backtested or RulebookState.Shadow)) return RulebookRefusal.WrongState(draft.State, "put in the shadow");
        if (command.Running is { } other) return RulebookRefusal.ShadowRuns(other);
        return new ShadowStarted(now, command.After);
    }

    private static Decision<RulebookEvent> Stop(RulebookDraft draft, StopShadow command, Actor actor, Instant now)
    {
        if (!actor.Is(Roles.RuleAuthor)) return RulebookRefusal.NotAuthor;
        if (draft.State != RulebookState.Shadow) return RulebookRefusal.WrongState(draft.State, "taken out of the shadow");
        if (!draft.ShadowRuns) return Decision<RulebookEvent>.Nothing;
        return new ShadowStopped(now, command.Found);
    }

    private static Decision<RulebookEvent> Approve(RulebookDraft draft, ApproveRulebook command, Actor actor, Instant now)
    {
        if (!IsDecider(actor)) return RulebookRefusal.NotDecider;
        if (draft.Authors.Contains(actor.Id)) return RulebookRefusal.OwnWork;
        if (draft.State != RulebookState.Shadow) return RulebookRefusal.WrongState(draft.State, "approved");
        if (!IsReason(command.Note)) return RulebookRefusal.NoReason;
        if ((draft.ShadowStoppedAt ?? now) - draft.ShadowStartedAt!.Value < command.ShadowAtLeast) return RulebookRefusal.ShadowTooShort(command.ShadowAtLeast);
        ShadowTally found = draft.Shadow ?? command.Found;
        if (found.Judged == 0) return RulebookRefusal.ShadowSawNothing;
        return new RulebookApproved(now, actor.Id, command.Note, draft.Hash!, found);
    }

    private static Decision<RulebookEvent> Return(RulebookDraft draft, SendBack command, Actor actor, Instant now)
    {
        if (!IsDecider(actor)) return RulebookRefusal.NotDecider;
        if (draft.Authors.Contains(actor.Id)) return RulebookRefusal.OwnWork;
        if (draft.State is not (RulebookState.Checked or RulebookState.Backtested or RulebookState.Shadow)) return RulebookRefusal.WrongState(draft.State, "sent back");
        if (!IsReason(command.Reason)) return RulebookRefusal.NoReason;
        return new RulebookSentBack(now, command.Reason);
    }

    private static Decision<RulebookEvent> Put(RulebookDraft draft, PutToWork command, Actor actor, Instant now)
    {
        if (!IsDecider(actor)) return RulebookRefusal.NotDecider;
        if (draft.State != RulebookState.Approved) return RulebookRefusal.WrongState(draft.State, "put to work");
        if (!IsReason(command.Reason)) return RulebookRefusal.NoReason;
        return new RulebookPutToWork(now, actor.Id, draft.Hash!, command.Reason);
    }

    private static Decision<RulebookEvent> Bring(RulebookDraft draft, BringBack command, Actor actor, Instant now)
    {
        if (!IsDecider(actor)) return RulebookRefusal.NotDecider;
        if (draft.State != RulebookState.Superseded) return RulebookRefusal.WrongState(draft.State, "brought back");
        if (!IsReason(command.Reason)) return RulebookRefusal.NoReason;
        // One person alone may act once; going to and fro without a second pair of eyes is what the confirmation is against.
        if (command.OwedBy == actor.Id) return RulebookRefusal.ConfirmationOwed;
        return new RulebookBroughtBack(now, actor.Id, draft.Hash!, command.Reason, now + command.ConfirmWithin);
    }

    private static Decision<RulebookEvent> Confirm(RulebookDraft draft, Actor actor, Instant now)
    {
        if (!IsDecider(actor)) return RulebookRefusal.NotDecider;
        if (draft.State != RulebookState.Active || draft.ConfirmBy is null) return RulebookRefusal.WrongState(draft.State, "confirmed");
        if (draft.ActivatedBy == actor.Id) return RulebookRefusal.SecondPerson;
        if (draft.ConfirmedBy is not null) return Decision<RulebookEvent>.Nothing;
        return new BringingBackConfirmed(now, actor.Id);
    }

    private static Decision<RulebookEvent> Withdraw(RulebookDraft draft, WithdrawRulebook command, Actor actor, Instant now)
    {
        if (!actor.Is(Roles.RuleAuthor)) return RulebookRefusal.NotAuthor;
        if (draft.State is RulebookState.Active or RulebookState.Superseded or RulebookState.Withdrawn) return RulebookRefusal.WrongState(draft.State, "withdrawn");
        if (!IsReason(command.Reason)) return RulebookRefusal.NoReason;
        return new RulebookWithdrawn(now, command.Reason);
    }

    private static Decision<RulebookEvent> Check(RulebookDraft draft, Instant now) =>
        draft.OwesConfirmation && draft.OverdueAt is null && now > draft.ConfirmBy
            ? new BringingBackOverdue(now, draft.ConfirmBy!.Value)
            : Decision<RulebookEvent>.Nothing;

    private static bool IsDecider(Actor actor) => actor.Is(Roles.Supervisor) || actor.Is(Roles.RuleAuthor);

    private static bool IsReason(string text) => !string.IsNullOrWhiteSpace(text) && text.Length <= ReasonLength;

    // The names become names of files in the data folder, so nothing that leads out of a folder is one.
    private static bool AreFiles(ImmutableArray<DraftFile> files) =>
        files.Length is >= 1 and <= RulebookReader.MaxFiles
        && files.All(f => f.Length <= RulebookReader.MaxFileBytes && IsFileName(f.Name))
        && files.Sum(f => (long)f.Length) <= MaxAllFiles
        && files.Select(f => f.Name).Distinct(StringComparer.Ordinal).Count() == files.Length;

    private static bool IsFileName(string name) =>
        name.Length is >= 6 and <= 64 && name.EndsWith(".yaml", StringComparison.Ordinal) && char.IsAsciiLetterOrDigit(name[0])
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-' or '_');
}
