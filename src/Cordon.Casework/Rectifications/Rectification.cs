using System.Collections.Immutable;
using Cordon.Casework.Controls;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Rectifications;

/// <summary>Where a rectification stands; the states are drawn in this module's README. That one is overdue is no state of its own: see <see cref="Rectification.OverdueAt"/>.</summary>
public enum RectificationState
{
    /// <summary>Ordered; the member has not told how it will mend it.</summary>
    Opened,

    /// <summary>The member told how and by when.</summary>
    Planned,

    /// <summary>The member says that it is mended; the control is read again.</summary>
    ClaimedDone,

    /// <summary>No control can tell; a person must look.</summary>
    AwaitsInspection,

    /// <summary>Mended; watched for a while.</summary>
    Mended,

    /// <summary>The claim did not hold; open again.</summary>
    Refuted,

    /// <summary>It was mended and came back; open again.</summary>
    Relapsed,

    /// <summary>A contest was upheld.</summary>
    Withdrawn,
}

/// <summary>How a member will mend it.</summary>
/// <param name="Text">What it will do.</param>
/// <param name="Officer">Who answers for it by name; personal.</param>
/// <param name="Until">By when.</param>
/// <param name="At">When it was told.</param>
/// <param name="By">By whom.</param>
public sealed record RectificationPlan(string Text, string Officer, Instant Until, Instant At, string By);

/// <summary>That a member says it is mended.</summary>
/// <param name="At">When.</param>
/// <param name="Text">What was done.</param>
/// <param name="Evidence">Records and papers.</param>
/// <param name="By">Who says so.</param>
public sealed record RectificationClaim(Instant At, string Text, ImmutableArray<string> Evidence, string By);

/// <summary>What a recheck came to.</summary>
public enum RecheckOutcome
{
    /// <summary>Too few occasions: read longer.</summary>
    Prolonged,

    /// <summary>Nothing measures it, or too few occasions for good: a person must look.</summary>
    Inconclusive,

    /// <summary>Mended.</summary>
    Mended,

    /// <summary>Not mended.</summary>
    Refuted,

    /// <summary>It came back after it was mended.</summary>
    Relapsed,
}

/// <summary>One recheck or inspection.</summary>
/// <param name="At">When.</param>
/// <param name="Outcome">What it came to.</param>
/// <param name="Readings">What the controls said; empty of an inspection or a finding.</param>
/// <param name="Finding">The finding that decided it; null else.</param>
/// <param name="Inspector">Who inspected; null else.</param>
/// <param name="Reason">What the inspector saw; null else.</param>
public sealed record RectificationCheck(
    Instant At, RecheckOutcome Outcome, ImmutableArray<ControlReading> Readings, Guid? Finding, string? Inspector, string? Reason);

/// <summary>That a member contests it.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Text">What it says.</param>
/// <param name="At">When.</param>
/// <param name="By">Who said it.</param>
/// <param name="Upheld">How it was decided; null while it is not.</param>
/// <param name="Reason">Why so.</param>
/// <param name="DecidedBy">By whom.</param>
public sealed record RectificationContest(int Number, string Text, Instant At, string By, bool? Upheld, string? Reason, string? DecidedBy);

/// <summary>An order to a member to mend one loophole by a date.</summary>
public sealed class Rectification : Folded<RectificationEvent>
{
    private const int MostEvidence = 200;

    /// <summary>Its id.</summary>
    public Guid Id { get; private set; }

    /// <summary>Its number for people: <c>M-2026-000003</c>.</summary>
    public string Number { get; private set; } = "";

    /// <summary>Who mends.</summary>
    public MemberCode Member { get; private set; }

    /// <summary>The reseller or branch; null for the member as a whole.</summary>
    public string? Unit { get; private set; }

    /// <summary>What the cause is rooted in; see <see cref="RectificationCause"/>.</summary>
    public string Root { get; private set; } = "";

    /// <summary>The cause as one text; see <see cref="RectificationCause.Key"/>.</summary>
    public string CauseKey { get; private set; } = "";

    /// <summary>The hash of the pack of duties that judged.</summary>
    public string Pack { get; private set; } = "";

    /// <summary>Where it stands.</summary>
    public RectificationState State { get; private set; }

    /// <summary>What is to be mended, in Chinese.</summary>
    public string WhatZh { get; private set; } = "";

    /// <summary>What is to be mended, in English.</summary>
    public string WhatEn { get; private set; } = "";

    /// <summary>The duties that were not kept, by id, sorted.</summary>
    public ImmutableArray<string> Basis { get; private set; } = [];

    /// <summary>Those of them that a control measures, sorted.</summary>
    public ImmutableArray<string> Controls { get; private set; } = [];

    /// <summary>The findings of cases that show it.</summary>
    public ImmutableArray<Guid> Findings { get; private set; } = [];

    /// <summary>The records that show it; of many, the first 200.</summary>
    public ImmutableArray<string> Evidence { get; private set; } = [];

    /// <summary>Of each duty the first burnt reading that was put to it.</summary>
    public ImmutableArray<ControlReading> Readings { get; private set; } = [];

    /// <summary>When it was ordered.</summary>
    public Instant OpenedAt { get; private set; }

    /// <summary>Who ordered it.</summary>
    public string OpenedBy { get; private set; } = "";

    /// <summary>By when the member must have claimed that it is mended.</summary>
    public Instant Due { get; private set; }

    /// <summary>Its terms.</summary>
    public RectificationTerms Terms { get; private set; } = new(0, 0, 0, 0, 0, 0, 0);

    /// <summary>The plan that runs; null where there is none, and after a refutation or relapse until there is a new one.</summary>
    public RectificationPlan? Plan { get; private set; }

    /// <summary>The claims, all there ever were.</summary>
    public ImmutableArray<RectificationClaim> Claims { get; private set; } = [];

    /// <summary>When the claim that counts was made; null while none does.</summary>
    public Instant? ClaimedAt { get; private set; }

    /// <summary>The end of the span over which the control is read; null while no claim counts.</summary>
    public Instant? RecheckUntil { get; private set; }

    /// <summary>How often that span was prolonged.</summary>
    public int Prolongs { get; private set; }

    /// <summary>The rechecks and inspections, all there ever were.</summary>
    public ImmutableArray<RectificationCheck> Checks { get; private set; } = [];

    /// <summary>When it was mended; null while it is not.</summary>
    public Instant? MendedAt { get; private set; }

    /// <summary>Until when a burnt control reopens it; null while it is not mended.</summary>
    public Instant? WatchUntil { get; private set; }

    /// <summary>When it was withdrawn.</summary>
    public Instant? WithdrawnAt { get; private set; }

    /// <summary>How often a claim was refuted.</summary>
    public int RefutedCount { get; private set; }

    /// <summary>How often it came back.</summary>
    public int RelapsedCount { get; private set; }

    /// <summary>How often it has been overdue.</summary>
    public int OverdueCount { get; private set; }

    /// <summary>The deadlines that passed without a claim, all there ever were.</summary>
    public ImmutableArray<Instant> Missed { get; private set; } = [];

    /// <summary>Since when it is overdue; null where it is not.</summary>
    public Instant? OverdueAt { get; private set; }

    /// <summary>When the clock has something to do; null where it has not.</summary>
    public Instant? NextClock { get; private set; }

    /// <summary>The contests, all there ever were.</summary>
    public ImmutableArray<RectificationContest> Contests { get; private set; } = [];

    /// <summary>Its cause.</summary>
    public RectificationCause Cause => new(Member, Unit, Root);

    /// <summary>Whether it is neither mended nor withdrawn.</summary>
    public bool IsOpen => State is not (RectificationState.Mended or RectificationState.Withdrawn);

    /// <summary>Whether the member has still to claim that it is mended.</summary>
    public bool AwaitsClaim => State is RectificationState.Opened or RectificationState.Planned or RectificationState.Refuted or RectificationState.Relapsed;

    /// <summary>The deadline that runs: the due date, and once it passed the next at which it is overdue again.</summary>
    public Instant Deadline => OverdueAt is null || NextClock is not { } next ? Due : next;

    /// <inheritdoc/>
    public override string Stream => $"rectification/{Id}";

    /// <inheritdoc/>
    protected override void Fold(RectificationEvent happened)
    {
        switch (happened)
        {
            case RectificationOpened e:
                (Id, Number, Member, Unit, Root, Pack, State) = (e.Rectification, e.Number, e.Member, e.Unit, e.Root, e.Pack, RectificationState.Opened);
                (WhatZh, WhatEn, OpenedAt, OpenedBy, Due, Terms, NextClock) = (e.WhatZh, e.WhatEn, e.At, e.By, e.Due, e.Terms, e.Due);
                CauseKey = Cause.Key;
                Add(e.Duty, e.Measured, e.Finding, e.Reading, e.Evidence);
                break;
            case ShortcomingJoined e:
                Add(e.Duty, e.Measured, e.Finding, e.Reading, e.Evidence);
                break;
            case RectificationPlanned e:
                (State, Plan) = (RectificationState.Planned, new RectificationPlan(e.Text, e.Officer, e.Until, e.At, e.By));
                break;
            case RectificationClaimed e:
                Claims = Claims.Add(new RectificationClaim(e.At, e.Text, e.Evidence, e.By));
                (State, ClaimedAt, RecheckUntil, Prolongs, OverdueAt) = (RectificationState.ClaimedDone, e.At, e.RecheckUntil, 0, null);
                NextClock = Silence(e.RecheckUntil);
                break;
            case RectificationOverdue e:
                (OverdueCount, OverdueAt, NextClock, Missed) = (e.Count, OverdueAt ?? e.Deadline, e.Next, Missed.Add(e.Deadline));
                break;
            case RectificationContested e:
                Contests = Contests.Add(new RectificationContest(e.Contest, e.Text, e.At, e.By, null, null, null));
                break;
            case RectificationContestDecided e:
                Contests = [.. Contests.Select(c => c.Number == e.Contest ? c with { Upheld = e.Upheld, Reason = e.Reason, DecidedBy = e.By } : c)];
                if (e.Upheld) (State, WithdrawnAt, NextClock, OverdueAt, WatchUntil) = (RectificationState.Withdrawn, e.At, null, null, null);
                break;
            default:
                FoldCheck(happened);
                break;
        }
    }

    private void FoldCheck(RectificationEvent happened)
    {
        switch (happened)
        {
            case RecheckProlonged e:
                (RecheckUntil, Prolongs, NextClock) = (e.Until, Prolongs + 1, Silence(e.Until));
                Checked(e.At, RecheckOutcome.Prolonged, e.Readings);
                break;
            case InspectionAwaited e:
                (State, NextClock) = (RectificationState.AwaitsInspection, null);
                Checked(e.At, RecheckOutcome.Inconclusive, e.Readings);
                break;
            case RectificationMended e:
                (State, MendedAt, WatchUntil, NextClock) = (RectificationState.Mended, e.At, e.WatchUntil, null);
                Checked(e.At, RecheckOutcome.Mended, e.Readings, null, e.Inspector, e.Reason);
                break;
            case RectificationRefuted e:
                RefutedCount++;
                Reopen(RectificationState.Refuted, e.Due);
                Checked(e.At, RecheckOutcome.Refuted, e.Readings, e.Finding, e.Inspector, e.Reason);
                break;
            case RectificationRelapsed e:
                RelapsedCount++;
                Reopen(RectificationState.Relapsed, e.Due);
                Add(e.Duty, e.Measured, e.Finding, e.Reading, []);
                Checked(e.At, RecheckOutcome.Relapsed, e.Reading is { } reading ? [reading] : [], e.Finding);
                break;
        }
    }

    private void Checked(Instant at, RecheckOutcome outcome, ImmutableArray<ControlReading> readings, Guid? finding = null, string? inspector = null, string? reason = null) =>
        Checks = Checks.Add(new RectificationCheck(at, outcome, readings, finding, inspector, reason));

    // A plan that was kept on paper alone is no plan for the second time: the member tells a new one, with a name to it.
    private void Reopen(RectificationState state, Instant due)
    {
        (State, Due, NextClock, Plan) = (state, due, due, null);
        (ClaimedAt, RecheckUntil, MendedAt, WatchUntil, OverdueAt) = (null, null, null, null, null);
    }

    private void Add(string duty, bool measured, Guid? finding, ControlReading? reading, ImmutableArray<string> evidence)
    {
        if (!Basis.Contains(duty)) Basis = [.. Basis.Add(duty).Order(StringComparer.Ordinal)];
        if (measured && !Controls.Contains(duty)) Controls = [.. Controls.Add(duty).Order(StringComparer.Ordinal)];
        if (finding is { } found && !Findings.Contains(found)) Findings = Findings.Add(found);
        if (reading is not null && !Readings.Any(r => r.Subject.Duty == duty)) Readings = Readings.Add(reading);
        if (Evidence.Length < MostEvidence) Evidence = [.. Evidence.Union(evidence).Take(MostEvidence)];
        if (State == RectificationState.ClaimedDone) NextClock = Silence(RecheckUntil!.Value);
    }

    // Nothing measured: a person looks when the span is over. A control that says nothing for a further span says nothing at all.
    private Instant Silence(Instant until) => Controls.IsEmpty ? until : until + TimeSpan.FromDays(Terms.ProlongDays);
}
