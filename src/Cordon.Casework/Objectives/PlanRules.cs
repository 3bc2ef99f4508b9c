using System.Collections.Immutable;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Objectives;

/// <summary>What can be asked of a plan.</summary>
public abstract record PlanCommand;

/// <summary>Adopt a draft. A second supervisor; no duty may be without an owner.</summary>
/// <param name="Tree">The objectives with every part that made itself.</param>
/// <param name="Orphans">Duties that no objective carries.</param>
public sealed record AdoptPlan(ImmutableArray<Objective> Tree, ImmutableArray<string> Orphans) : PlanCommand;

/// <summary>End it.</summary>
/// <param name="Reason">Why, 1 to 2,000 characters.</param>
public sealed record EndPlan(string Reason) : PlanCommand;

/// <summary>Look at the clocks. Cordon itself only.</summary>
/// <param name="Progress">How far each objective is.</param>
public sealed record TickPlan(ImmutableSortedDictionary<string, Progress> Progress) : PlanCommand;

/// <summary>Raise a difficulty with an objective of one's own.</summary>
/// <param name="Objective">The objective.</param>
/// <param name="Text">What it is, 1 to 4,000 characters.</param>
public sealed record RaiseDifficulty(string Objective, string Text) : PlanCommand;

/// <summary>Answer a difficulty, where it waits at one's own level. A supervisor of the centre can answer at any.</summary>
/// <param name="Difficulty">Its number.</param>
/// <param name="Text">The answer, 1 to 4,000 characters.</param>
public sealed record AnswerDifficulty(int Difficulty, string Text) : PlanCommand;

/// <summary>The guards of a plan: pure, in ladders, first failing rung answers.</summary>
public static class PlanRules
{
    /// <summary>Who is told when a delay is on the agenda.</summary>
    public const string Conference = "conference";

    private const int TextLength = 4_000;
    private const int ReasonLength = 2_000;

    /// <summary>Judges a command.</summary>
    /// <param name="state">The plan.</param>
    /// <param name="command">What is asked.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="acts">Whether the actor acts for an owner.</param>
    /// <param name="now">The present instant.</param>
    public static Decision<PlanEvent> Decide(ObjectivePlan state, PlanCommand command, Actor actor, Func<ObjectiveOwner, bool> acts, Instant now) => command switch
    {
        AdoptPlan c => Adopt(state, c, actor, now),
        EndPlan c => End(state, c, actor, now),
        TickPlan c => Tick(state, c, actor, now),
        RaiseDifficulty c => Raise(state, c, actor, acts, now),
        AnswerDifficulty c => Answer(state, c, actor, acts, now),
        _ => throw new InvalidOperationException($"No guard for {command.GetType().Name}."),
    };

    /// <summary>How far up a delay stands at an instant by the days alone; null before the owner is reminded.</summary>
    /// <param name="due">The first instant after the due day.</param>
    /// <param name="terms">The terms.</param>
    /// <param name="now">The present instant.</param>
    public static DelayStep? StepAt(Instant due, ObjectiveTerms terms, Instant now) =>
        now >= due + TimeSpan.FromDays(terms.AgendaDays) ? DelayStep.Agenda
        : now >= due + TimeSpan.FromDays(terms.EscalateDays) ? DelayStep.Escalation
        : now >= due ? DelayStep.Urge
        : now >= due - TimeSpan.FromDays(terms.RemindDays) ? DelayStep.Reminder
        : null;

    /// <summary>Whether somebody may hand in a plan; null where they may.</summary>
    internal static Refusal? MayDraft(Actor actor) => actor.IsPerson && actor.Is(Roles.Supervisor) ? null : PlanRefusal.NotSupervisor;

    private static Decision<PlanEvent> Adopt(ObjectivePlan state, AdoptPlan command, Actor actor, Instant now)
    {
        if (MayDraft(actor) is { } refused) return refused;
        if (state.State != PlanState.Draft) return PlanRefusal.WrongState(state.State, "adopted");
        if (actor.Id == state.DraftedBy) return PlanRefusal.SamePerson;
        if (now >= state.To) return PlanRefusal.Over;
        return command.Orphans.IsEmpty ? new PlanAdopted(now, command.Tree, actor.Id) : PlanRefusal.Orphans(command.Orphans);
    }

    private static Decision<PlanEvent> End(ObjectivePlan state, EndPlan command, Actor actor, Instant now)
    {
        if (MayDraft(actor) is { } refused) return refused;
        if (state.State == PlanState.Ended) return PlanRefusal.WrongState(state.State, "ended");
        return Fits(command.Reason, ReasonLength) ? new PlanEnded(now, command.Reason, actor.Id) : PlanRefusal.NoReason;
    }

    private static Decision<PlanEvent> Tick(ObjectivePlan state, TickPlan command, Actor actor, Instant now)
    {
        if (!actor.IsCordon) return PlanRefusal.NotMeasured;
        if (state.State != PlanState.Adopted) return Decision<PlanEvent>.Nothing;
        var events = ImmutableArray.CreateBuilder<PlanEvent>();
        var delays = state.Delays.ToDictionary(d => d.Objective, StringComparer.Ordinal);
        foreach (var one in state.Tree)
        {
            var delay = delays.GetValueOrDefault(one.Id);
            if (!command.Progress.TryGetValue(one.Id, out var progress) || !progress.FallsShort)
            {
                if (delay is not null) events.Add(new DelayEnded(now, one.Id));
            }
            // A clock that stood still leads to where the delay stands by now, and tells nobody of the steps between.
            else if (StepAt(one.Due, state.Terms, now) is { } step && !(step <= delay?.Step))
            {
                events.Add(new DelayClimbed(now, one.Id, step, Told(state, one, step), progress.Done));
            }
        }
        foreach (var one in state.Difficulties.Where(d => d.IsOpen && d.AnswerBy <= now))
        {
            var above = state.Find(one.Level) is { } level ? state.Above(level) : null;
            events.Add(new DifficultyClimbed(now, one.Number, above?.Id, above is null ? null : now + TimeSpan.FromDays(state.Terms.AnswerDays)));
        }
        return Decision<PlanEvent>.Of(events.ToImmutable());
    }

    private static Decision<PlanEvent> Raise(ObjectivePlan state, RaiseDifficulty command, Actor actor, Func<ObjectiveOwner, bool> acts, Instant now)
    {
        if (state.State != PlanState.Adopted) return PlanRefusal.WrongState(state.State, "worked on");
        if (state.Find(command.Objective) is not { } one) return PlanRefusal.UnknownObjective;
        if (!actor.IsPerson || !acts(one.Owner)) return PlanRefusal.NotOwner;
        if (!Fits(command.Text, TextLength)) return PlanRefusal.NoText;
        // The centre has nobody above but the conference; its own colleagues may answer before that.
        return new DifficultyRaised(now, state.Difficulties.Length + 1, one.Id, command.Text, (state.Above(one) ?? one).Id, now + TimeSpan.FromDays(state.Terms.AnswerDays), actor.Id);
    }

    private static Decision<PlanEvent> Answer(ObjectivePlan state, AnswerDifficulty command, Actor actor, Func<ObjectiveOwner, bool> acts, Instant now)
    {
        if (state.State != PlanState.Adopted) return PlanRefusal.WrongState(state.State, "worked on");
        if (state.Difficulties.FirstOrDefault(d => d.Number == command.Difficulty) is not { IsOpen: true } one) return PlanRefusal.NoDifficulty;
        var level = state.Find(one.Level)?.Owner ?? ObjectiveOwner.Centre;
        if (!actor.IsPerson || !(acts(level) || actor.Is(Roles.Supervisor))) return PlanRefusal.NotLevel;
        if (actor.Id == one.By) return PlanRefusal.OwnDifficulty;
        return Fits(command.Text, TextLength) ? new DifficultyAnswered(now, one.Number, command.Text, actor.Id) : PlanRefusal.NoText;
    }

    private static string Told(ObjectivePlan state, Objective one, DelayStep step) => step switch
    {
        DelayStep.Agenda => Conference,
        DelayStep.Escalation => (state.Above(one)?.Owner ?? ObjectiveOwner.Centre).ToString(),
        _ => one.Owner.ToString(),
    };

    private static bool Fits(string? text, int most) => !string.IsNullOrWhiteSpace(text) && text.Length <= most;
}
