using System.Collections.Immutable;
using Cordon.Casework.Duties;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Evaluations;

/// <summary>Where an evaluation stands; drawn in this module's README.</summary>
public enum EvaluationState
{
    /// <summary>Its formula can still be changed.</summary>
    Draft,

    /// <summary>Approved and hashed before its period; nothing of it can be changed.</summary>
    Frozen,

    /// <summary>A result is there; each member sees its own.</summary>
    Computed,

    /// <summary>In the open.</summary>
    Published,

    /// <summary>Dropped before its period began.</summary>
    Withdrawn,
}

/// <summary>A figure that a member contests.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Member">The member.</param>
/// <param name="Measure">The figure.</param>
/// <param name="Version">The version that it is about.</param>
/// <param name="Text">What the member says.</param>
/// <param name="At">When.</param>
/// <param name="By">Who said it.</param>
/// <param name="Upheld">How it was decided; null while it is not.</param>
/// <param name="Correction">The figure as it is right; null where it was not upheld.</param>
/// <param name="Reason">Why so.</param>
/// <param name="DecidedBy">By whom.</param>
/// <param name="DecidedAt">When.</param>
public sealed record ValueContest(
    int Number, MemberCode Member, string Measure, int Version, string Text, Instant At, string By, bool? Upheld, Correction? Correction, string? Reason, string? DecidedBy, Instant? DecidedAt);

/// <summary>One evaluation: the members of a sector and region over a period, by a formula frozen before it.</summary>
public sealed class Evaluation : Folded<EvaluationEvent>
{
    /// <summary>Its id.</summary>
    public Guid Id { get; private set; }

    /// <summary>Its number for people: <c>P-2026-000001</c>.</summary>
    public string Number { get; private set; } = "";

    /// <summary>How it judges.</summary>
    public Scheme Scheme { get; private set; } = new("", new Wording("", ""), default, null, default, default, "", 1, 1, [], 0, 0);

    /// <summary>Where it stands.</summary>
    public EvaluationState State { get; private set; }

    /// <summary>Whose members are judged; as in the scheme.</summary>
    public Sector Sector { get; private set; }

    /// <summary>The region; empty for all.</summary>
    public string Region { get; private set; } = "";

    /// <summary>The first instant of the period; as in the scheme.</summary>
    public Instant From { get; private set; }

    /// <summary>The first instant after the period; as in the scheme.</summary>
    public Instant To { get; private set; }

    /// <summary>Who drafted or last changed it.</summary>
    public string DraftedBy { get; private set; } = "";

    /// <summary>The hash under which it was frozen; null until then.</summary>
    public string? FrozenHash { get; private set; }

    /// <summary>When it was frozen.</summary>
    public Instant? FrozenAt { get; private set; }

    /// <summary>Who approved it.</summary>
    public string? FrozenBy { get; private set; }

    /// <summary>When the clock has something to do; null where it has not.</summary>
    public Instant? NextClock { get; private set; }

    /// <summary>The results, all there ever were; the last one holds.</summary>
    public ImmutableArray<EvaluationVersion> Versions { get; private set; } = [];

    /// <summary>The number of the version that holds; 0 while there is none. Lists show it without reading the versions.</summary>
    public int Latest { get; private set; }

    /// <summary>Who proposed to publish the version that holds; null while nobody has.</summary>
    public string? PutForwardBy { get; private set; }

    /// <summary>When it was published.</summary>
    public Instant? PublishedAt { get; private set; }

    /// <summary>Who published it, the second of the two.</summary>
    public string? PublishedBy { get; private set; }

    /// <summary>The contests, all there ever were.</summary>
    public ImmutableArray<ValueContest> Contests { get; private set; } = [];

    /// <summary>Why it was dropped.</summary>
    public string? Reason { get; private set; }

    /// <summary>The version that holds; null while there is none.</summary>
    public EvaluationVersion? Result => Versions.IsEmpty ? null : Versions[^1];

    /// <inheritdoc/>
    public override string Stream => $"evaluation/{Id}";

    /// <summary>Until when figures of the version that holds can be contested: counted from when it came out, or was published, whichever was later.</summary>
    public Instant? ContestUntil { get; private set; }

    /// <inheritdoc/>
    protected override void Fold(EvaluationEvent happened)
    {
        switch (happened)
        {
            case EvaluationDrafted e:
                (Id, Number, Scheme, State, DraftedBy) = (e.Evaluation, e.Number, e.Scheme, EvaluationState.Draft, e.By);
                (Sector, Region, From, To) = (e.Scheme.Sector, e.Scheme.Region ?? "", e.Scheme.From, e.Scheme.To);
                break;
            case EvaluationChanged e:
                (Scheme, DraftedBy) = (Scheme with { Formula = e.Formula }, e.By);
                break;
            case EvaluationFrozen e:
                (State, FrozenHash, FrozenAt, FrozenBy, NextClock) = (EvaluationState.Frozen, e.Hash, e.At, e.By, Scheme.ComputeAt);
                break;
            case EvaluationWithdrawn e:
                (State, Reason, NextClock) = (EvaluationState.Withdrawn, e.Reason, null);
                break;
            case EvaluationComputed e:
                Versions = Versions.Add(e.Version);
                (State, NextClock, Latest) = (State == EvaluationState.Frozen ? EvaluationState.Computed : State, null, e.Version.Number);
                ContestUntil = e.At + TimeSpan.FromDays(Scheme.ContestDays);
                // Who put the version before forward spoke for that one alone.
                if (State != EvaluationState.Published) PutForwardBy = null;
                break;
            case EvaluationPutForward e:
                PutForwardBy = e.By;
                break;
            case EvaluationPublished e:
                (State, PublishedAt, PublishedBy) = (EvaluationState.Published, e.At, e.By);
                ContestUntil = e.At + TimeSpan.FromDays(Scheme.ContestDays);
                break;
            case ValueContested e:
                Contests = Contests.Add(new ValueContest(e.Contest, e.Member, e.Measure, Versions[^1].Number, e.Text, e.At, e.By, null, null, null, null, null));
                break;
            case ContestDecided e:
                Contests = [.. Contests.Select(c => c.Number == e.Contest ? c with { Upheld = e.Correction is not null, Correction = e.Correction, Reason = e.Reason, DecidedBy = e.By, DecidedAt = e.At } : c)];
                break;
        }
    }
}
