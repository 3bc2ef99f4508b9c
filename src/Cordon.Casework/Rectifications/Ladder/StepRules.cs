using System.Collections.Immutable;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Rectifications.Ladder;

/// <summary>The guards of a step: pure, in ladders, first failing rung answers. None lifts a veto but an appeal that is upheld.</summary>
public static class StepRules
{
    private const int TextLength = 4_000;
    private const int ReasonLength = 2_000;

    /// <summary>Judges a command.</summary>
    /// <param name="step">The step.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="now">The present instant.</param>
    public static Decision<StepEvent> Decide(LadderStep step, StepCommand command, Actor actor, Instant now) => command switch
    {
        DecideStep c => Decide(step, c, actor, now),
        AppealStep c => Appeal(step, c, actor, now),
        DecideStepAppeal c => DecideAppeal(step, c, actor, now),
        DelistSubject c => Delist(step, c.Behind, actor, now),
        CheckListing c => Check(step, c.Behind, now),
        ProlongStep c => Prolong(step, c, now),
        DropFallenStep c => DropFallen(step, c, actor, now),
        _ => throw new InvalidOperationException($"No guard for {command.GetType().Name}."),
    };

    /// <summary>Whether a person may tell that something grave happened; null where the person may.</summary>
    /// <param name="call">What is told.</param>
    /// <param name="actor">Who tells it.</param>
    /// <param name="now">The present instant.</param>
    public static Refusal? MayRaise(LadderCall call, Actor actor, Instant now)
    {
        if (!actor.IsPerson || !actor.Is(Roles.Supervisor)) return StepRefusal.NotSupervisor;
        if (IsOwn(actor, call.Member)) return StepRefusal.OwnMember;
        if (call.Trigger is not (LadderTrigger.GraveEvent or LadderTrigger.TopOfInvolvedListTwoMonths)) return StepRefusal.NotForPersons;
        if (!Fits(call.Note, ReasonLength)) return StepRefusal.NoReason;
        return call.Occurred > now ? StepRefusal.InTheFuture : null;
    }

    internal static StepIssued Issued(Rung rung, StepTerms terms, Instant occurred, ImmutableArray<Guid> behind, string by, string? reason, Instant now)
    {
        var effects = ImmutableArray.CreateBuilder<StandingEffect>();
        foreach (var planned in terms.Effects)
        {
            var counted = planned.From == CountedFrom.Issue ? now : occurred;
            var to = planned.For.After(counted, terms.UtcOffset);
            // A term counted from an event may be over before anybody decided; then it bars nothing.
            if (to > now) effects.AddRange(planned.Bars.Select(bar => new StandingEffect(bar, planned.Holder, counted, now, to, planned.Source)));
        }
        var stands = terms.Stands.After(now, terms.UtcOffset);
        // A veto stands as long as it bars.
        if (rung == Rung.Veto) stands = effects.Select(e => e.To).Append(stands).Max();
        return new StepIssued(now, by, reason, effects.ToImmutable(), terms.Limit?.After(now, terms.UtcOffset), stands, new Term(0, terms.AppealDays).After(now, terms.UtcOffset), behind);
    }

    private static Decision<StepEvent> Decide(LadderStep step, DecideStep command, Actor actor, Instant now)
    {
        if (!actor.IsPerson || !actor.Is(Roles.Supervisor)) return StepRefusal.NotSupervisor;
        if (IsOwn(actor, step.Member)) return StepRefusal.OwnMember;
        if (!step.Waits) return StepRefusal.WrongState(step.State, "decided");
        if (!Fits(command.Reason, ReasonLength)) return StepRefusal.NoReason;
        if (actor.Id == step.ProposedBy || actor.Id == step.EndorsedBy) return StepRefusal.SamePerson;
        if (!command.Issue) return new StepDropped(now, actor.Id, command.Reason);
        // Who told of a grave event is the first of the two.
        if (step.Terms.Issue == RungIssue.ByTwo && step.EndorsedBy is null && !Actor.IsPersonId(step.ProposedBy)) return new StepEndorsed(now, actor.Id, command.Reason);
        var behind = command.Behind.IsDefault ? step.Behind : [.. step.Behind.Union(command.Behind)];
        return Issued(step.Rung, step.Terms, step.Occurred, behind, actor.Id, command.Reason, now);
    }

    private static Decision<StepEvent> Appeal(LadderStep step, AppealStep command, Actor actor, Instant now)
    {
        if (step.Member is null || actor.Member != step.Member) return StepRefusal.NotSubject;
        if (step.State is not (StepState.Issued or StepState.Delisted)) return StepRefusal.WrongState(step.State, "appealed");
        if (step.Appeal is not null) return StepRefusal.Appealed;
        if (now >= step.AppealUntil) return StepRefusal.AppealLate(step.AppealUntil!.Value);
        if (!Fits(command.Text, TextLength)) return StepRefusal.NoText;
        return new StepAppealed(now, command.Text, actor.Id);
    }

    private static Decision<StepEvent> DecideAppeal(LadderStep step, DecideStepAppeal command, Actor actor, Instant now)
    {
        if (!actor.IsPerson || !(actor.Is(Roles.Supervisor) || actor.Is(Roles.AppealDecider))) return StepRefusal.NotDecider;
        if (IsOwn(actor, step.Member)) return StepRefusal.OwnMember;
        if (step.Appeal is not { Upheld: null }) return StepRefusal.NoAppeal;
        if (actor.Id == step.ProposedBy || actor.Id == step.EndorsedBy || actor.Id == step.IssuedBy) return StepRefusal.SamePerson;
        if (!Fits(command.Reason, ReasonLength)) return StepRefusal.NoReason;
        return new StepAppealDecided(now, command.Upheld, command.Reason, actor.Id);
    }

    private static Decision<StepEvent> Delist(LadderStep step, ImmutableArray<BehindListing> behind, Actor actor, Instant now)
    {
        if (!actor.IsPerson || !actor.Is(Roles.Supervisor)) return StepRefusal.NotSupervisor;
        if (IsOwn(actor, step.Member)) return StepRefusal.OwnMember;
        if (step.Rung != Rung.Listing) return StepRefusal.NotAListing;
        if (step.State != StepState.Issued) return StepRefusal.WrongState(step.State, "delisted");
        if (step.Behind.IsEmpty) return StepRefusal.NothingMeasured;
        var missing = Missing(step, behind, _ => true);
        return missing.Length > 0 ? StepRefusal.NotMended(missing) : new StepDelisted(now, actor.Id);
    }

    private static Decision<StepEvent> Check(LadderStep step, ImmutableArray<BehindListing> behind, Instant now)
    {
        if (step.Rung != Rung.Listing || step.State != StepState.Issued || step.MissedAt is not null || step.Limit is not { } limit || now < limit) return Decision<StepEvent>.Nothing;
        // What was claimed in time is judged by its recheck, which ends later: until then nothing is missed.
        var missing = Missing(step, behind, b => !(b.State is RectificationState.ClaimedDone or RectificationState.AwaitsInspection && b.ClaimedAt < limit));
        return missing.Length > 0 ? new ListedTargetWasMissed(now, limit, missing) : Decision<StepEvent>.Nothing;
    }

    private static Decision<StepEvent> Prolong(LadderStep step, ProlongStep command, Instant now)
    {
        if (!step.Stands(now)) return StepRefusal.WrongState(step.State, "prolonged");
        var until = step.Terms.Stands.After(now, step.Terms.UtcOffset);
        return until > step.StandsUntil ? new StepProlonged(now, command.Trigger, command.Record, until) : Decision<StepEvent>.Nothing;
    }

    private static Decision<StepEvent> DropFallen(LadderStep step, DropFallenStep command, Actor actor, Instant now) =>
        step.Waits && step.Behind is [var only] && only == command.Rectification
            ? new StepDropped(now, actor.Id, $"{command.Number}: withdrawn / 已撤销")
            : Decision<StepEvent>.Nothing;

    // One that is not told of counts as not mended: what is not shown ends no listing.
    private static ImmutableArray<string> Missing(LadderStep step, ImmutableArray<BehindListing> behind, Func<BehindListing, bool> counts)
    {
        var known = behind.IsDefault ? [] : behind.ToDictionary(b => b.Id);
        return
        [
            .. step.Behind.Where(id => !known.TryGetValue(id, out var b) || (b.State is not (RectificationState.Mended or RectificationState.Withdrawn) && counts(b)))
                .Select(id => known.TryGetValue(id, out var b) ? b.Number : id.ToString()).Order(StringComparer.Ordinal),
        ];
    }

    private static bool IsOwn(Actor actor, MemberCode? member) => member is not null && actor.Member == member;

    private static bool Fits(string? text, int most) => !string.IsNullOrWhiteSpace(text) && text.Length <= most;
}
