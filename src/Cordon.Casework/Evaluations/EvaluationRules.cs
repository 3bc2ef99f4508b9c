using System.Collections.Immutable;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Evaluations;

/// <summary>The guards of an evaluation: pure, in ladders, first failing rung answers.</summary>
public static class EvaluationRules
{
    private const int TextLength = 4_000;
    private const int ReasonLength = 2_000;

    /// <summary>More than any record can count, and far from where sums overflow.</summary>
    private const long MostCorrected = 1_000_000_000_000_000;

    /// <summary>Judges a command.</summary>
    /// <param name="state">The evaluation; a new one for <see cref="DraftEvaluation"/>.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="ownSector">Whether the actor's own member is of the sector that is judged.</param>
    /// <param name="now">The present instant.</param>
    public static Decision<EvaluationEvent> Decide(Evaluation state, EvaluationCommand command, Actor actor, bool ownSector, Instant now) => command switch
    {
        DraftEvaluation c => Draft(state, c, actor, ownSector, now),
        _ when state.Version == 0 => EvaluationRefusal.NotFound,
        ChangeFormula c => Change(state, c, actor, ownSector, now),
        FreezeEvaluation => Freeze(state, actor, ownSector, now),
        WithdrawEvaluation c => Withdraw(state, c, actor, ownSector, now),
        ComputeEvaluation c => Compute(state, c, actor, now),
        PublishEvaluation => Publish(state, actor, ownSector, now),
        ContestValue c => Contest(state, c, actor, now),
        DecideContest c => DecideContest(state, c, actor, ownSector, now),
        _ => throw new InvalidOperationException($"No guard for {command.GetType().Name}."),
    };

    private static Decision<EvaluationEvent> Draft(Evaluation state, DraftEvaluation command, Actor actor, bool ownSector, Instant now)
    {
        if (state.Version != 0) return EvaluationRefusal.Exists;
        if (MaySettle(actor, ownSector) is { } refused) return refused;
        if (now >= command.Scheme.From) return EvaluationRefusal.PeriodBegun;
        var reading = command.Scheme.Read();
        return reading.Formula is null ? EvaluationRefusal.BadFormula(reading) : new EvaluationDrafted(now, command.Id, command.Number, command.Scheme, actor.Id);
    }

    private static Decision<EvaluationEvent> Change(Evaluation state, ChangeFormula command, Actor actor, bool ownSector, Instant now)
    {
        if (MaySettle(actor, ownSector) is { } refused) return refused;
        if (IsDraft(state, now, "changed") is { } closed) return closed;
        if (command.Formula == state.Scheme.Formula) return Decision<EvaluationEvent>.Nothing;
        var reading = (state.Scheme with { Formula = command.Formula }).Read();
        return reading.Formula is null ? EvaluationRefusal.BadFormula(reading) : new EvaluationChanged(now, command.Formula, actor.Id);
    }

    private static Decision<EvaluationEvent> Freeze(Evaluation state, Actor actor, bool ownSector, Instant now)
    {
        if (MaySettle(actor, ownSector) is { } refused) return refused;
        if (IsDraft(state, now, "frozen") is { } closed) return closed;
        if (actor.Id == state.DraftedBy) return EvaluationRefusal.SamePerson;
        return new EvaluationFrozen(now, state.Scheme.Hash, actor.Id);
    }

    private static Decision<EvaluationEvent> Withdraw(Evaluation state, WithdrawEvaluation command, Actor actor, bool ownSector, Instant now)
    {
        if (MaySettle(actor, ownSector) is { } refused) return refused;
        if (state.State is not (EvaluationState.Draft or EvaluationState.Frozen)) return EvaluationRefusal.WrongState(state.State, "withdrawn");
        // A draft that nobody froze in time judges nobody and can always go.
        if (state.State == EvaluationState.Frozen && now >= state.From) return EvaluationRefusal.PeriodBegun;
        return Fits(command.Reason, ReasonLength) ? new EvaluationWithdrawn(now, command.Reason, actor.Id) : EvaluationRefusal.NoReason;
    }

    private static Decision<EvaluationEvent> Compute(Evaluation state, ComputeEvaluation command, Actor actor, Instant now)
    {
        if (!actor.IsCordon) return EvaluationRefusal.NotMeasured;
        if (state.State is EvaluationState.Draft or EvaluationState.Withdrawn) return EvaluationRefusal.WrongState(state.State, "computed");
        if (now < state.Scheme.ComputeAt) return EvaluationRefusal.NotOver;
        var corrected = Corrected(command.Members, state.Contests);
        return VersionOf(state, corrected, state.Result is null ? VersionCause.PeriodEnded : VersionCause.ReadAgain, null, command.Pack, command.Sequence, now) is { } version
            ? new EvaluationComputed(now, version, command.AskedBy)
            : Decision<EvaluationEvent>.Nothing;
    }

    private static Decision<EvaluationEvent> Publish(Evaluation state, Actor actor, bool ownSector, Instant now)
    {
        if (MaySettle(actor, ownSector) is { } refused) return refused;
        if (state.State == EvaluationState.Published) return Decision<EvaluationEvent>.Nothing;
        if (state.State != EvaluationState.Computed) return EvaluationRefusal.WrongState(state.State, "published");
        if (state.PutForwardBy is null) return new EvaluationPutForward(now, actor.Id);
        return state.PutForwardBy == actor.Id ? EvaluationRefusal.SamePerson : new EvaluationPublished(now, actor.Id);
    }

    private static Decision<EvaluationEvent> Contest(Evaluation state, ContestValue command, Actor actor, Instant now)
    {
        if (state.Result is not { } result) return EvaluationRefusal.NoResult;
        if (!actor.IsPerson || !actor.Is(Roles.MemberClerk) || actor.Member is not { } member || result.Members.All(m => m.Member != member)) return EvaluationRefusal.NotAMember;
        if (now >= state.ContestUntil) return EvaluationRefusal.ContestLate(state.ContestUntil!.Value);
        if (MeasureCatalogue.Find(command.Measure) is null) return EvaluationRefusal.UnknownMeasure;
        if (state.Contests.Any(c => c.Member == member && c.Measure == command.Measure && c.Upheld is null)) return EvaluationRefusal.ContestOpen;
        return Fits(command.Text, TextLength) ? new ValueContested(now, state.Contests.Length + 1, member, command.Measure, command.Text, actor.Id) : EvaluationRefusal.NoText;
    }

    private static Decision<EvaluationEvent> DecideContest(Evaluation state, DecideContest command, Actor actor, bool ownSector, Instant now)
    {
        if (!actor.IsPerson || !(actor.Is(Roles.Supervisor) || actor.Is(Roles.AppealDecider))) return EvaluationRefusal.NotDecider;
        if (ownSector) return EvaluationRefusal.Party;
        if (state.Contests.FirstOrDefault(c => c.Number == command.Contest) is not { Upheld: null } contest) return EvaluationRefusal.NoContest;
        if (contest.Member == actor.Member) return EvaluationRefusal.Party;
        if (!Fits(command.Reason, ReasonLength)) return EvaluationRefusal.NoReason;
        var decided = new ContestDecided(now, command.Contest, command.Correction, command.Reason, actor.Id);
        if (command.Correction is not { } right) return decided;
        if (!IsPossible(MeasureCatalogue.Find(contest.Measure)!, right)) return EvaluationRefusal.BadCorrection;
        var result = state.Result!;
        var told = result.Members.Select(m => new MeasuredMember(m.Member, m.Vetoes, m.Values));
        var corrected = Corrected(told, [contest with { Correction = right, Upheld = true }]);
        // The same figure in other words: it was right, and there is no new version.
        return VersionOf(state, corrected, VersionCause.Corrected, contest.Number, result.Pack, result.Sequence, now) is { } version
            ? Decision<EvaluationEvent>.Of(decided, new EvaluationComputed(now, version, actor.Id))
            : decided;
    }

    private static EvaluationVersion? VersionOf(
        Evaluation state, IEnumerable<MeasuredMember> members, VersionCause cause, int? contest, string pack, long sequence, Instant now)
    {
        var results = Computation.Of(state.Scheme, members);
        var hash = Computation.HashOf(results);
        return hash == state.Result?.Hash ? null : new EvaluationVersion(state.Versions.Length + 1, now, cause, contest, pack, sequence, hash, results);
    }

    // What a contest set right stays so however often the records are read; the last decision on a figure holds.
    private static IEnumerable<MeasuredMember> Corrected(IEnumerable<MeasuredMember> members, IReadOnlyCollection<ValueContest> contests)
    {
        foreach (var member in members)
        {
            var values = member.Values.ToDictionary(v => v.Measure, StringComparer.Ordinal);
            foreach (var c in contests.Where(c => c.Member == member.Member && c.Correction is not null).OrderBy(c => c.DecidedAt).ThenBy(c => c.Number))
            {
                var old = values.GetValueOrDefault(c.Measure) ?? new MeasuredValue(c.Measure, 0, 0, 0, [], []);
                values[c.Measure] = old with { Occasions = c.Correction!.Occasions, Faults = c.Correction.Faults, Amount = c.Correction.Amount, Contest = c.Number };
            }
            yield return member with { Values = [.. values.Values.OrderBy(v => v.Measure, StringComparer.Ordinal)] };
        }
    }

    /// <summary>Why an actor may not settle how a league is judged, nor have it read again; null where they may.</summary>
    internal static Refusal? MaySettle(Actor actor, bool ownSector) =>
        !actor.IsPerson || !actor.Is(Roles.Supervisor) ? EvaluationRefusal.NotSupervisor : ownSector ? EvaluationRefusal.Party : null;

    private static Refusal? IsDraft(Evaluation state, Instant now, string wanted)
    {
        if (state.State == EvaluationState.Withdrawn) return EvaluationRefusal.WrongState(state.State, wanted);
        if (state.State != EvaluationState.Draft) return EvaluationRefusal.Frozen;
        return now >= state.From ? EvaluationRefusal.PeriodBegun : null;
    }

    private static bool IsPossible(Measure measure, Correction right) => measure.Kind == MeasureKind.Share
        ? right is { Faults: >= 0, Occasions: <= MostCorrected, Amount: 0 } && right.Faults <= right.Occasions
        : right is { Amount: >= 0 and <= MostCorrected, Occasions: 0, Faults: 0 };

    private static bool Fits(string? text, int most) => !string.IsNullOrWhiteSpace(text) && text.Length <= most;
}
