using System.Collections.Immutable;
using Cordon.Casework.Rulebooks.Shadow;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Rulebooks;

/// <summary>Where a rulebook stands on its way to judging; the states are drawn in this module's README.</summary>
public enum RulebookState
{
    /// <summary>Being written.</summary>
    Draft,

    /// <summary>It compiles and every example of its rules passes.</summary>
    Checked,

    /// <summary>A report over stored history is attached.</summary>
    Backtested,

    /// <summary>It judges live traffic beside the active one, without effect; or has done so.</summary>
    Shadow,

    /// <summary>A second person agreed. It never changes again.</summary>
    Approved,

    /// <summary>It judges.</summary>
    Active,

    /// <summary>It judged once; one click brings it back.</summary>
    Superseded,

    /// <summary>Dropped before it ever judged.</summary>
    Withdrawn,
}

/// <summary>A file of a rulebook, named by its content; the text lies in a table of texts.</summary>
/// <param name="Name">Its name within the rulebook.</param>
/// <param name="Digest">SHA-256 of its text in UTF-8, 64 hexadecimal digits.</param>
/// <param name="Length">Its length in characters.</param>
public sealed record DraftFile(string Name, string Digest, int Length);

/// <summary>A rulebook on its way from draft to judging and out of it.</summary>
public sealed class RulebookDraft : Folded<RulebookEvent>
{
    /// <summary>Its id.</summary>
    public Guid Id { get; private set; }

    /// <summary>Its number for people: <c>R-2026-000003</c>.</summary>
    public string Number { get; private set; } = "";

    /// <summary>What it changes and why, in its author's words.</summary>
    public string Purpose { get; private set; } = "";

    /// <summary>Where it stands.</summary>
    public RulebookState State { get; private set; }

    /// <summary>Its files.</summary>
    public ImmutableArray<DraftFile> Files { get; private set; } = [];

    /// <summary>The hash of its content; null until it checks.</summary>
    public string? Hash { get; private set; }

    /// <summary>How many rules it has; 0 until it checks.</summary>
    public int Rules { get; private set; }

    /// <summary>How many examples passed.</summary>
    public int Examples { get; private set; }

    /// <summary>All who wrote in it, its first author first: none of them may approve it.</summary>
    public ImmutableArray<string> Authors { get; private set; } = [];

    /// <summary>When it was begun.</summary>
    public Instant DraftedAt { get; private set; }

    /// <summary>When anything last happened to it.</summary>
    public Instant ChangedAt { get; private set; }

    /// <summary>The backtest attached.</summary>
    public Guid? Backtest { get; private set; }

    /// <summary>The last record of the journal before its shadow began.</summary>
    public long? ShadowAfter { get; private set; }

    /// <summary>When its shadow began.</summary>
    public Instant? ShadowStartedAt { get; private set; }

    /// <summary>When its shadow was stopped; null while it runs.</summary>
    public Instant? ShadowStoppedAt { get; private set; }

    /// <summary>What its shadow found, once stopped.</summary>
    public ShadowTally? Shadow { get; private set; }

    /// <summary>Who approved it.</summary>
    public string? Approver { get; private set; }

    /// <summary>When.</summary>
    public Instant? ApprovedAt { get; private set; }

    /// <summary>When it last became the one that judges.</summary>
    public Instant? ActivatedAt { get; private set; }

    /// <summary>Who made it so.</summary>
    public string? ActivatedBy { get; private set; }

    /// <summary>When it last ceased to judge.</summary>
    public Instant? SupersededAt { get; private set; }

    /// <summary>By when a second person confirms that it was brought back; null where none is owed.</summary>
    public Instant? ConfirmBy { get; private set; }

    /// <summary>Who confirmed.</summary>
    public string? ConfirmedBy { get; private set; }

    /// <summary>When it was noted that nobody had confirmed in time.</summary>
    public Instant? OverdueAt { get; private set; }

    /// <summary>The reason or note given at the last step that had one.</summary>
    public string? Reason { get; private set; }

    /// <summary>Whether its files may still change.</summary>
    public bool Open => State is RulebookState.Draft or RulebookState.Checked or RulebookState.Backtested || (State == RulebookState.Shadow && !ShadowRuns);

    /// <summary>Whether it judges live traffic beside the active one at this moment.</summary>
    public bool ShadowRuns => State == RulebookState.Shadow && ShadowStoppedAt is null;

    /// <summary>Whether somebody brought it back alone and nobody has confirmed yet.</summary>
    public bool OwesConfirmation => State == RulebookState.Active && ConfirmBy is not null && ConfirmedBy is null;

    /// <inheritdoc/>
    public override string Stream => $"rulebook/{Id}";

    /// <inheritdoc/>
    protected override void Fold(RulebookEvent happened)
    {
        ChangedAt = happened.At;
        switch (happened)
        {
            case RulebookDrafted e:
                (Id, Number, Purpose, Files, Authors, DraftedAt) = (e.Rulebook, e.Number, e.Purpose, e.Files, [e.Author], e.At);
                break;
            case RulebookAdopted e:
                (Id, Number, Purpose, Files, Authors, DraftedAt) = (e.Rulebook, e.Number, e.Purpose, e.Files, ["system:cordon"], e.At);
                (State, Hash, Rules, ActivatedAt, ActivatedBy) = (RulebookState.Active, e.Hash, e.Rules, e.At, "system:cordon");
                break;
            case RulebookWritten e:
                Files = e.Files;
                if (!Authors.Contains(e.Author)) Authors = Authors.Add(e.Author);
                BackToDraft();
                break;
            case RulebookChecked e:
                (State, Hash, Rules, Examples) = (RulebookState.Checked, e.Hash, e.Rules, e.Examples);
                break;
            case RulebookBacktested e:
                (State, Backtest) = (RulebookState.Backtested, e.Backtest);
                break;
            case RulebookSentBack e:
                Reason = e.Reason;
                BackToDraft();
                break;
            case RulebookWithdrawn e:
                (State, Reason, ShadowStoppedAt) = (RulebookState.Withdrawn, e.Reason, ShadowStartedAt is null ? null : ShadowStoppedAt ?? e.At);
                break;
            default:
                FoldRelease(happened);
                break;
        }
    }

    private void FoldRelease(RulebookEvent happened)
    {
        switch (happened)
        {
            case ShadowStarted e:
                (State, ShadowAfter, ShadowStartedAt, ShadowStoppedAt, Shadow) = (RulebookState.Shadow, e.After, e.At, null, null);
                break;
            case ShadowStopped e:
                (ShadowStoppedAt, Shadow) = (e.At, e.Found);
                break;
            case RulebookApproved e:
                (State, Approver, ApprovedAt, Reason) = (RulebookState.Approved, e.Approver, e.At, e.Note);
                (ShadowStoppedAt, Shadow) = (ShadowStoppedAt ?? e.At, e.Found);
                break;
            case RulebookPutToWork e:
                (State, ActivatedAt, ActivatedBy, Reason) = (RulebookState.Active, e.At, e.By, e.Reason);
                break;
            case RulebookSuperseded e:
                (State, SupersededAt, ConfirmBy, ConfirmedBy, OverdueAt) = (RulebookState.Superseded, e.At, null, null, null);
                break;
            case RulebookBroughtBack e:
                (State, ActivatedAt, ActivatedBy, Reason) = (RulebookState.Active, e.At, e.By, e.Reason);
                (ConfirmBy, ConfirmedBy, OverdueAt) = (e.ConfirmBy, null, null);
                break;
            case BringingBackConfirmed e:
                ConfirmedBy = e.By;
                break;
            case BringingBackOverdue e:
                OverdueAt = e.At;
                break;
        }
    }

    private void BackToDraft()
    {
        (State, Hash, Rules, Examples, Backtest) = (RulebookState.Draft, null, 0, 0, null);
        (ShadowAfter, ShadowStartedAt, ShadowStoppedAt, Shadow) = (null, null, null, null);
    }
}
