using System.Collections.Immutable;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Evaluations;

/// <summary>What happens to an evaluation.</summary>
/// <param name="At">When.</param>
public abstract record EvaluationEvent(Instant At) : CaseworkEvent(At);

/// <summary>An evaluation was drafted.</summary>
/// <param name="At">When.</param>
/// <param name="Evaluation">Its id.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="Scheme">How it judges.</param>
/// <param name="By">Who drafted it.</param>
[EventName("evaluation.drafted")]
public sealed record EvaluationDrafted(Instant At, Guid Evaluation, string Number, Scheme Scheme, string By) : EvaluationEvent(At);

/// <summary>A draft's formula was changed.</summary>
/// <param name="At">When.</param>
/// <param name="Formula">The formula now.</param>
/// <param name="By">Who changed it.</param>
[EventName("evaluation.changed")]
public sealed record EvaluationChanged(Instant At, string Formula, string By) : EvaluationEvent(At);

/// <summary>A second person approved it before its period begins: from now on nothing of it can be changed.</summary>
/// <param name="At">When.</param>
/// <param name="Hash">The content hash of the scheme.</param>
/// <param name="By">Who approved it.</param>
[EventName("evaluation.frozen")]
public sealed record EvaluationFrozen(Instant At, string Hash, string By) : EvaluationEvent(At);

/// <summary>It was dropped before its period began.</summary>
/// <param name="At">When.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who dropped it.</param>
[EventName("evaluation.withdrawn")]
public sealed record EvaluationWithdrawn(Instant At, string Reason, string By) : EvaluationEvent(At);

/// <summary>A version of the result came out; those before it stay.</summary>
/// <param name="At">When.</param>
/// <param name="Version">The version.</param>
/// <param name="By">Who had the records read again, or upheld the contest; null where the period's end brought it.</param>
[EventName("evaluation.computed")]
public sealed record EvaluationComputed(Instant At, EvaluationVersion Version, string? By) : EvaluationEvent(At);

/// <summary>One supervisor proposed to publish it.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
[EventName("evaluation.put-forward")]
public sealed record EvaluationPutForward(Instant At, string By) : EvaluationEvent(At);

/// <summary>A second supervisor published it: members see each other by name.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
[EventName("evaluation.published")]
public sealed record EvaluationPublished(Instant At, string By) : EvaluationEvent(At);

/// <summary>A member contested one of its figures.</summary>
/// <param name="At">When.</param>
/// <param name="Contest">Its number within the evaluation, from 1.</param>
/// <param name="Member">The member.</param>
/// <param name="Measure">The figure.</param>
/// <param name="Text">What the member says.</param>
/// <param name="By">Who said it.</param>
[EventName("evaluation.contested")]
public sealed record ValueContested(Instant At, int Contest, MemberCode Member, string Measure, string Text, string By) : EvaluationEvent(At);

/// <summary>A contest was decided; where it is upheld, a corrected version follows.</summary>
/// <param name="At">When.</param>
/// <param name="Contest">Its number.</param>
/// <param name="Correction">The figure as it is right; null where the contest was rejected.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who decided.</param>
[EventName("evaluation.contest-decided")]
public sealed record ContestDecided(Instant At, int Contest, Correction? Correction, string Reason, string By) : EvaluationEvent(At);

/// <summary>Why a version of the result came out.</summary>
public enum VersionCause
{
    /// <summary>The period was over, and what is told late was in.</summary>
    PeriodEnded,

    /// <summary>A contest was upheld.</summary>
    Corrected,

    /// <summary>The records were read again and say otherwise than before.</summary>
    ReadAgain,
}

/// <summary>One version of the result.</summary>
/// <param name="Number">From 1.</param>
/// <param name="At">When it was computed.</param>
/// <param name="Cause">Why.</param>
/// <param name="Contest">The contest behind it; null where none is.</param>
/// <param name="Pack">The hash of the pack of duties whose controls counted.</param>
/// <param name="Sequence">The journal's sequence up to which signals were counted.</param>
/// <param name="Hash">The hash of the result: the same figures give the same.</param>
/// <param name="Members">The results.</param>
public sealed record EvaluationVersion(
    int Number, Instant At, VersionCause Cause, int? Contest, string Pack, long Sequence, string Hash, ImmutableArray<EvaluatedMember> Members);

/// <summary>A figure as it is right.</summary>
/// <param name="Occasions">Of a share, how many occasions.</param>
/// <param name="Faults">Of a share, how many faults.</param>
/// <param name="Amount">Of a count, how many; of money, minor units.</param>
public sealed record Correction(long Occasions, long Faults, long Amount);
