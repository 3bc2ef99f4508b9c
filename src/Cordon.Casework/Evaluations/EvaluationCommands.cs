using System.Collections.Immutable;

namespace Cordon.Casework.Evaluations;

/// <summary>What can be asked of an evaluation.</summary>
public abstract record EvaluationCommand;

/// <summary>Draft one. A supervisor only, before its period begins.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="Scheme">How it judges.</param>
public sealed record DraftEvaluation(Guid Id, string Number, Scheme Scheme) : EvaluationCommand;

/// <summary>Change the formula of a draft.</summary>
/// <param name="Formula">The formula.</param>
public sealed record ChangeFormula(string Formula) : EvaluationCommand;

/// <summary>Approve a draft, which freezes it. A second supervisor, before the period begins.</summary>
public sealed record FreezeEvaluation : EvaluationCommand;

/// <summary>Drop it before its period begins.</summary>
/// <param name="Reason">Why, 1 to 2,000 characters.</param>
public sealed record WithdrawEvaluation(string Reason) : EvaluationCommand;

/// <summary>What records tell of the period. Cordon itself only: figures cannot be handed in.</summary>
/// <param name="Members">The members and their figures.</param>
/// <param name="Pack">The hash of the pack of duties.</param>
/// <param name="Sequence">The journal's sequence up to which signals were counted.</param>
/// <param name="AskedBy">Who had the records read again; null where the period's end did.</param>
public sealed record ComputeEvaluation(ImmutableArray<MeasuredMember> Members, string Pack, long Sequence, string? AskedBy = null) : EvaluationCommand;

/// <summary>Publish the result: the first supervisor puts it forward, a second one publishes it.</summary>
public sealed record PublishEvaluation : EvaluationCommand;

/// <summary>Contest a figure of one's own member.</summary>
/// <param name="Measure">The figure, by its name.</param>
/// <param name="Text">What is wrong, 1 to 4,000 characters.</param>
public sealed record ContestValue(string Measure, string Text) : EvaluationCommand;

/// <summary>Decide a contest. A supervisor or a decider of appeals who belongs to no member of the league.</summary>
/// <param name="Contest">Its number.</param>
/// <param name="Correction">The figure as it is right; null to reject.</param>
/// <param name="Reason">Why, 1 to 2,000 characters.</param>
public sealed record DecideContest(int Contest, Correction? Correction, string Reason) : EvaluationCommand;
