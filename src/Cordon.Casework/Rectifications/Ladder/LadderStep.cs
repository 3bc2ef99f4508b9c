using System.Collections.Immutable;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Rectifications.Ladder;

/// <summary>Where a step stands.</summary>
public enum StepState
{
    /// <summary>Drafted; waits for a person.</summary>
    Waiting,

    /// <summary>One of two persons decided for it; waits for the second.</summary>
    Endorsed,

    /// <summary>In force.</summary>
    Issued,

    /// <summary>Not decided for.</summary>
    Dropped,

    /// <summary>A listing that ended with the measured result; what it bars runs on.</summary>
    Delisted,

    /// <summary>An appeal was upheld.</summary>
    Revoked,
}

/// <summary>The appeal of a step.</summary>
/// <param name="Text">What the subject says.</param>
/// <param name="At">When.</param>
/// <param name="By">Who said it.</param>
/// <param name="Upheld">How it was decided; null while it is not.</param>
/// <param name="Reason">Why so.</param>
/// <param name="DecidedBy">By whom.</param>
public sealed record StepAppeal(string Text, Instant At, string By, bool? Upheld, string? Reason, string? DecidedBy);

/// <summary>One step on the ladder, and its document.</summary>
public sealed class LadderStep : Folded<StepEvent>
{
    /// <summary>Its id.</summary>
    public Guid Id { get; private set; }

    /// <summary>The document's number: <c>N-2026-000002</c>.</summary>
    public string Number { get; private set; } = "";

    /// <summary>The hash of the ladder that judged.</summary>
    public string Pack { get; private set; } = "";

    /// <summary>Which rung.</summary>
    public Rung Rung { get; private set; }

    /// <summary>Against whom.</summary>
    public LadderSubject Subject { get; private set; } = new(LadderSubjectKind.Member, "");

    /// <summary>The member that answers: the subject itself, or a region's government; null where the region has none.</summary>
    public MemberCode? Member { get; private set; }

    /// <summary>The reseller or branch named; null for none.</summary>
    public string? Unit { get; private set; }

    /// <summary>What led to it.</summary>
    public LadderTrigger Trigger { get; private set; }

    /// <summary>When that was: the event, or the deadline that passed.</summary>
    public Instant Occurred { get; private set; }

    /// <summary>Where it stands.</summary>
    public StepState State { get; private set; }

    /// <summary>The reason in Chinese.</summary>
    public string ReasonZh { get; private set; } = "";

    /// <summary>The reason in English.</summary>
    public string ReasonEn { get; private set; } = "";

    /// <summary>Where the rung stands.</summary>
    public CitedSource Basis { get; private set; } = new("", "", default, null);

    /// <summary>The responsible officers named; personal.</summary>
    public ImmutableArray<Officer> Officers { get; private set; } = [];

    /// <summary>The rectifications behind it.</summary>
    public ImmutableArray<Guid> Behind { get; private set; } = [];

    /// <summary>The terms.</summary>
    public StepTerms Terms { get; private set; } = new(RungIssue.ByOne, new Term(0, 1), null, 0, default, []);

    /// <summary>The veto that it prolongs; null where it prolongs none.</summary>
    public Guid? Prolongs { get; private set; }

    /// <summary>When it was drafted.</summary>
    public Instant ProposedAt { get; private set; }

    /// <summary>Who drafted it.</summary>
    public string ProposedBy { get; private set; } = "";

    /// <summary>By when it is to be decided; null where it comes into force by itself.</summary>
    public Instant? DecideBy { get; private set; }

    /// <summary>The first of two persons who decided for it.</summary>
    public string? EndorsedBy { get; private set; }

    /// <summary>When it came into force.</summary>
    public Instant? IssuedAt { get; private set; }

    /// <summary>Who decided it.</summary>
    public string? IssuedBy { get; private set; }

    /// <summary>Why it was decided or dropped.</summary>
    public string? Decision { get; private set; }

    /// <summary>What it bars; empty until it is in force.</summary>
    public ImmutableArray<StandingEffect> Effects { get; private set; } = [];

    /// <summary>Until when it bars anybody; null where it bars nobody.</summary>
    public Instant? BarsUntil { get; private set; }

    /// <summary>The limit of a listing.</summary>
    public Instant? Limit { get; private set; }

    /// <summary>When it was noted that the limit was missed.</summary>
    public Instant? MissedAt { get; private set; }

    /// <summary>Until when it stands. A listing stands until it is delisted.</summary>
    public Instant? StandsUntil { get; private set; }

    /// <summary>Until when the subject can appeal.</summary>
    public Instant? AppealUntil { get; private set; }

    /// <summary>The appeal; null where there is none.</summary>
    public StepAppeal? Appeal { get; private set; }

    /// <summary>When it was dropped, delisted or revoked.</summary>
    public Instant? EndedAt { get; private set; }

    /// <summary>When the clock has something to do; null where it has not.</summary>
    public Instant? NextClock { get; private set; }

    /// <summary>Whether it waits for a person.</summary>
    public bool Waits => State is StepState.Waiting or StepState.Endorsed;

    /// <inheritdoc/>
    public override string Stream => $"ladder/{Id}";

    /// <summary>Whether it stands at an instant, so that the next trigger leads on from it.</summary>
    public bool Stands(Instant at) => State == StepState.Issued && (Rung == Rung.Listing || at < StandsUntil);

    /// <inheritdoc/>
    protected override void Fold(StepEvent happened)
    {
        switch (happened)
        {
            case StepProposed e:
                (Id, Number, Pack, Rung, Subject, Member, Unit, State) = (e.Step, e.Number, e.Pack, e.Rung, e.Subject, e.Member, e.Unit, StepState.Waiting);
                (Trigger, Occurred, ReasonZh, ReasonEn, Basis, Officers) = (e.Trigger, e.Occurred, e.ReasonZh, e.ReasonEn, e.Basis, e.Officers);
                (Behind, Terms, DecideBy, Prolongs, ProposedAt, ProposedBy) = (e.Behind, e.Terms, e.DecideBy, e.Prolongs, e.At, e.By);
                break;
            case StepEndorsed e:
                (State, EndorsedBy, Decision) = (StepState.Endorsed, e.By, e.Reason);
                break;
            case StepIssued e:
                (State, IssuedAt, IssuedBy, Decision, Effects) = (StepState.Issued, e.At, e.By, e.Reason ?? Decision, e.Effects);
                (Limit, StandsUntil, AppealUntil, Behind, NextClock) = (e.Limit, e.StandsUntil, e.AppealUntil, e.Behind, e.Limit);
                BarsUntil = e.Effects.IsEmpty ? null : e.Effects.Max(f => f.To);
                break;
            case StepDropped e:
                (State, EndedAt, Decision) = (StepState.Dropped, e.At, e.Reason);
                break;
            case StepProlonged e:
                StandsUntil = e.StandsUntil;
                break;
            case ListedTargetWasMissed e:
                (MissedAt, NextClock) = (e.At, null);
                break;
            case StepDelisted e:
                (State, EndedAt, NextClock) = (StepState.Delisted, e.At, null);
                break;
            case StepAppealed e:
                Appeal = new StepAppeal(e.Text, e.At, e.By, null, null, null);
                break;
            case StepAppealDecided e:
                Appeal = Appeal! with { Upheld = e.Upheld, Reason = e.Reason, DecidedBy = e.By };
                if (e.Upheld) (State, EndedAt, NextClock, BarsUntil) = (StepState.Revoked, e.At, null, null);
                break;
        }
    }
}
