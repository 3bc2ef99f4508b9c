using System.Collections.Immutable;
using Cordon.Casework.Controls;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Rectifications;

/// <summary>The guards of a rectification: pure, in ladders, first failing rung answers. They want no storage and no clock.</summary>
public static class RectificationRules
{
    private const int TextLength = 4_000;
    private const int ReasonLength = 2_000;
    private const int NameLength = 100;
    private const int MostEvidence = 50;
    private const int EvidenceLength = 200;

    // A control may be counted by whole days: its span then begins with the day after the claim.
    private static readonly TimeSpan LatestBegin = TimeSpan.FromDays(1);

    /// <summary>Judges a command.</summary>
    /// <param name="state">The rectification; a new one for <see cref="OpenRectification"/>.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="now">The present instant.</param>
    public static Decision<RectificationEvent> Decide(Rectification state, RectificationCommand command, Actor actor, Instant now) => command switch
    {
        OpenRectification c => Open(state, c, actor, now),
        _ when state.Version == 0 => RectificationRefusal.NotFound,
        JoinShortcoming c => Join(state, c.Found, now),
        PlanRectification c => Plan(state, c, actor, now),
        ClaimRectified c => Claim(state, c, actor, now),
        Recheck c => Check(state, c.Readings, actor, now),
        InspectRectification c => Inspect(state, c, actor, now),
        ContestRectification c => Contest(state, c, actor, now),
        DecideRectificationContest c => DecideContest(state, c, actor, now),
        TickRectification => Tick(state, now),
        _ => throw new InvalidOperationException($"No guard for {command.GetType().Name}."),
    };

    /// <summary>
    /// Whether the last rectification of a cause takes what was found; where it does not, or there is none, a new one is to be opened. One that is mended takes
    /// what was before the end of its watch, and one that was withdrawn what was before that: neither is opened again by old faults.
    /// </summary>
    /// <param name="last">The last rectification of the same cause.</param>
    /// <param name="found">What was found.</param>
    public static bool Takes(Rectification last, Shortcoming found) => last.State switch
    {
        RectificationState.Mended => found.At < last.WatchUntil,
        RectificationState.Withdrawn => found.At < last.WithdrawnAt,
        _ => true,
    };

    /// <summary>What the clock does at an instant: a date that passed without a claim is overdue, and again after each period.</summary>
    /// <param name="state">The rectification.</param>
    /// <param name="now">The present instant.</param>
    public static Decision<RectificationEvent> Tick(Rectification state, Instant now)
    {
        if (state.NextClock is not { } deadline || now < deadline) return Decision<RectificationEvent>.Nothing;
        if (state.State == RectificationState.ClaimedDone) return new InspectionAwaited(now, []);
        // A clock that stood still for a while must not make one delay several.
        var period = TimeSpan.FromDays(state.Terms.OverdueDays);
        var missed = (now - deadline).Ticks / period.Ticks;
        return new RectificationOverdue(now, deadline, state.OverdueCount + 1, deadline + (period * (missed + 1)));
    }

    private static Decision<RectificationEvent> Open(Rectification state, OpenRectification command, Actor actor, Instant now)
    {
        if (state.Version != 0) return RectificationRefusal.Exists;
        var found = command.Found;
        return new RectificationOpened(
            now, command.Id, command.Number, found.Cause.Member, found.Cause.Unit, found.Cause.Root, command.Pack, found.What.Zh, found.What.En, found.Duty, found.Measured,
            found.Finding, found.Reading, found.Evidence, command.Due, command.Terms, actor.Id);
    }

    private static Decision<RectificationEvent> Join(Rectification state, Shortcoming found, Instant now)
    {
        if (found.Cause != state.Cause) return RectificationRefusal.OtherCause;
        if (found.Reading is { Verdict: not ControlVerdict.Burnt } || !Takes(state, found)) return Decision<RectificationEvent>.Nothing;
        var known = found.Finding is { } id ? state.Findings.Contains(id) : state.Readings.Any(r => r.Subject.Duty == found.Duty);
        // One finding of what a control measures may lie within what it allows: whether it is mended, the control decides.
        var decides = found.Reading is not null || !found.Measured;
        if (decides && !(found.Finding is not null && known) && found.At >= state.ClaimedAt)
        {
            if (state.State is RectificationState.ClaimedDone or RectificationState.AwaitsInspection)
                return Events(known && state.Basis.Contains(found.Duty) ? null : Joined(found, now), Refuted(state, found.Reading is { } burnt ? [burnt] : [], found.Finding, null, null, now));
            if (state.State == RectificationState.Mended && (found.Reading?.To ?? found.At) > state.MendedAt)
                return new RectificationRelapsed(now, found.Duty, found.Measured, found.Reading, found.Finding, now + TimeSpan.FromDays(state.Terms.AgainDays));
        }
        return known || (found.Reading is not null && !state.IsOpen) ? Decision<RectificationEvent>.Nothing : Joined(found, now);
    }

    private static Decision<RectificationEvent> Plan(Rectification state, PlanRectification command, Actor actor, Instant now)
    {
        if (actor.Member != state.Member) return RectificationRefusal.NotTheMember;
        if (!state.AwaitsClaim) return RectificationRefusal.WrongState(state.State, "planned");
        if (!Fits(command.Text, TextLength)) return RectificationRefusal.NoText;
        if (!Fits(command.Officer, NameLength)) return RectificationRefusal.NoOfficer;
        if (command.Until <= now) return RectificationRefusal.PlanInThePast;
        if (command.Until > state.Deadline) return RectificationRefusal.PlanTooLate(state.Deadline);
        return new RectificationPlanned(now, command.Text, command.Officer, command.Until, actor.Id);
    }

    private static Decision<RectificationEvent> Claim(Rectification state, ClaimRectified command, Actor actor, Instant now)
    {
        if (actor.Member != state.Member) return RectificationRefusal.NotTheMember;
        if (!state.AwaitsClaim) return RectificationRefusal.WrongState(state.State, "claimed");
        if (state.Plan is null) return RectificationRefusal.NoPlan;
        if (!Fits(command.Text, TextLength)) return RectificationRefusal.NoText;
        var evidence = command.Evidence.IsDefault ? [] : command.Evidence;
        if (evidence.Length > MostEvidence || evidence.Any(e => !Fits(e, EvidenceLength))) return RectificationRefusal.BadEvidence;
        return new RectificationClaimed(now, command.Text, evidence, now + TimeSpan.FromDays(state.Terms.RecheckDays), actor.Id);
    }

    private static Decision<RectificationEvent> Check(Rectification state, ImmutableArray<ControlReading> readings, Actor actor, Instant now)
    {
        if (!actor.IsCordon) return RectificationRefusal.NotMeasured;
        if (state.State is not (RectificationState.ClaimedDone or RectificationState.AwaitsInspection)) return RectificationRefusal.WrongState(state.State, "rechecked");
        if (readings.Any(r => r.Subject.Member != state.Member || r.Subject.Unit != state.Unit || !state.Controls.Contains(r.Subject.Duty))) return RectificationRefusal.OtherControl;
        if (readings.Any(r => r.From < state.ClaimedAt)) return RectificationRefusal.BeforeClaim;
        if (readings.Any(r => r.To > now)) return RectificationRefusal.NotOver;
        var burnt = readings.Where(r => r.Verdict == ControlVerdict.Burnt).ToImmutableArray();
        if (!burnt.IsEmpty) return Refuted(state, burnt, null, null, null, now);
        if (readings.Any(r => r.From > state.ClaimedAt + LatestBegin)) return RectificationRefusal.LateBegin;
        var missing = state.Controls.Except(readings.Select(r => r.Subject.Duty)).ToList();
        // With no control there is nothing to read, and so nothing that could close it.
        if (missing.Count > 0 || readings.IsEmpty) return RectificationRefusal.ControlsMissing(missing.Count > 0 ? missing : state.Basis);
        if (readings.Any(r => r.To < state.RecheckUntil)) return RectificationRefusal.SpanRuns(state.RecheckUntil!.Value);
        if (readings.All(r => r.Verdict == ControlVerdict.Kept)) return new RectificationMended(now, readings, now + TimeSpan.FromDays(state.Terms.WatchDays), null, null);
        if (state.State == RectificationState.AwaitsInspection) return Decision<RectificationEvent>.Nothing;
        return state.Prolongs < state.Terms.MostProlongs
            ? new RecheckProlonged(now, readings, state.RecheckUntil!.Value + TimeSpan.FromDays(state.Terms.ProlongDays))
            : new InspectionAwaited(now, readings);
    }

    private static Decision<RectificationEvent> Inspect(Rectification state, InspectRectification command, Actor actor, Instant now)
    {
        if (Judges(state, actor) is { } refused) return refused;
        if (state.State != RectificationState.AwaitsInspection) return RectificationRefusal.WrongState(state.State, "inspected");
        if (state.Contests.Any(c => c.Upheld is null)) return RectificationRefusal.OpenContest;
        if (!Fits(command.Reason, ReasonLength)) return RectificationRefusal.NoReason;
        return command.Mended
            ? new RectificationMended(now, [], now + TimeSpan.FromDays(state.Terms.WatchDays), actor.Id, command.Reason)
            : Refuted(state, [], null, actor.Id, command.Reason, now);
    }

    private static Decision<RectificationEvent> Contest(Rectification state, ContestRectification command, Actor actor, Instant now)
    {
        if (actor.Member != state.Member) return RectificationRefusal.NotTheMember;
        if (!state.IsOpen) return RectificationRefusal.WrongState(state.State, "contested");
        if (state.Contests.Any(c => c.Upheld is null)) return RectificationRefusal.OpenContest;
        if (!Fits(command.Text, TextLength)) return RectificationRefusal.NoText;
        return new RectificationContested(now, state.Contests.Length + 1, command.Text, actor.Id);
    }

    private static Decision<RectificationEvent> DecideContest(Rectification state, DecideRectificationContest command, Actor actor, Instant now)
    {
        if (Judges(state, actor) is { } refused) return refused;
        if (state.Contests.FirstOrDefault(c => c.Number == command.Contest) is not { } contest) return RectificationRefusal.UnknownContest;
        if (contest.Upheld is not null) return RectificationRefusal.ContestDecided;
        if (!Fits(command.Reason, ReasonLength)) return RectificationRefusal.NoReason;
        return new RectificationContestDecided(now, command.Contest, command.Upheld, command.Reason, actor.Id);
    }

    private static Refusal? Judges(Rectification state, Actor actor)
    {
        if (!actor.IsPerson || !Roles.Centre.Any(actor.Is)) return RectificationRefusal.NotCentre;
        if (actor.Member == state.Member) return RectificationRefusal.OwnMember;
        return actor.Id == state.OpenedBy ? RectificationRefusal.SamePerson : null;
    }

    // The term after a refutation never takes away what was left of the first.
    private static RectificationRefuted Refuted(Rectification state, ImmutableArray<ControlReading> readings, Guid? finding, string? inspector, string? reason, Instant now)
    {
        var again = now + TimeSpan.FromDays(state.Terms.AgainDays);
        return new RectificationRefuted(now, readings, again > state.Due ? again : state.Due, finding, inspector, reason);
    }

    private static ShortcomingJoined Joined(Shortcoming found, Instant now) => new(now, found.Duty, found.Measured, found.Finding, found.Reading, found.Evidence);

    private static Decision<RectificationEvent> Events(RectificationEvent? first, RectificationEvent second) =>
        first is null ? second : Decision<RectificationEvent>.Of([first, second]);

    private static bool Fits(string? text, int most) => !string.IsNullOrWhiteSpace(text) && text.Length <= most;
}
