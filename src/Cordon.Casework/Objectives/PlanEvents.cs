using System.Collections.Immutable;
using Cordon.Casework.Duties;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Objectives;

/// <summary>What happens to a plan of objectives.</summary>
/// <param name="At">When.</param>
public abstract record PlanEvent(Instant At) : CaseworkEvent(At);

/// <summary>A plan was drafted.</summary>
/// <param name="At">When.</param>
/// <param name="Plan">Its id.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="Title">Its name.</param>
/// <param name="From">The first instant of its time.</param>
/// <param name="To">The first instant after it.</param>
/// <param name="Text">Its text.</param>
/// <param name="Hash">The hash of the text.</param>
/// <param name="Terms">Its terms.</param>
/// <param name="Tree">The objectives as they are written.</param>
/// <param name="By">Who drafted it.</param>
[EventName("objectives.drafted")]
public sealed record PlanDrafted(
    Instant At, Guid Plan, string Number, Wording Title, Instant From, Instant To, string Text, string Hash, ObjectiveTerms Terms, ImmutableArray<Objective> Tree, string By) : PlanEvent(At);

/// <summary>A second person adopted it; from now on it binds.</summary>
/// <param name="At">When.</param>
/// <param name="Tree">The objectives with every part that made itself.</param>
/// <param name="By">Who adopted it.</param>
[EventName("objectives.adopted")]
public sealed record PlanAdopted(Instant At, ImmutableArray<Objective> Tree, string By) : PlanEvent(At);

/// <summary>It was ended.</summary>
/// <param name="At">When.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who ended it.</param>
[EventName("objectives.ended")]
public sealed record PlanEnded(Instant At, string Reason, string By) : PlanEvent(At);

/// <summary>The delay of an objective climbed.</summary>
/// <param name="At">When.</param>
/// <param name="Objective">The objective.</param>
/// <param name="Step">How far up.</param>
/// <param name="To">Who is told: <c>centre</c>, <c>region:…</c>, <c>member:…</c>, <c>unit:…</c> or <c>conference</c>.</param>
/// <param name="Done">How far the objective was, per mille.</param>
[EventName("objectives.delay-climbed")]
public sealed record DelayClimbed(Instant At, string Objective, DelayStep Step, string To, int Done) : PlanEvent(At);

/// <summary>An objective does not fall short any more.</summary>
/// <param name="At">When.</param>
/// <param name="Objective">The objective.</param>
[EventName("objectives.delay-ended")]
public sealed record DelayEnded(Instant At, string Objective) : PlanEvent(At);

/// <summary>A unit raised a difficulty.</summary>
/// <param name="At">When.</param>
/// <param name="Difficulty">Its number within the plan, from 1.</param>
/// <param name="Objective">The objective that it stands in the way of.</param>
/// <param name="Text">What it is.</param>
/// <param name="Level">The objective whose owner is to answer.</param>
/// <param name="AnswerBy">By when.</param>
/// <param name="By">Who raised it.</param>
[EventName("objectives.difficulty-raised")]
public sealed record DifficultyRaised(Instant At, int Difficulty, string Objective, string Text, string Level, Instant AnswerBy, string By) : PlanEvent(At);

/// <summary>Nobody answered in time: it is for the level above, or on the agenda.</summary>
/// <param name="At">When.</param>
/// <param name="Difficulty">Its number.</param>
/// <param name="Level">The objective whose owner is to answer; null on the agenda.</param>
/// <param name="AnswerBy">By when; null on the agenda.</param>
[EventName("objectives.difficulty-climbed")]
public sealed record DifficultyClimbed(Instant At, int Difficulty, string? Level, Instant? AnswerBy) : PlanEvent(At);

/// <summary>A difficulty was answered.</summary>
/// <param name="At">When.</param>
/// <param name="Difficulty">Its number.</param>
/// <param name="Text">The answer.</param>
/// <param name="By">Who answered.</param>
[EventName("objectives.difficulty-answered")]
public sealed record DifficultyAnswered(Instant At, int Difficulty, string Text, string By) : PlanEvent(At);
