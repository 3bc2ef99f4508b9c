using Cordon.Casework.Registers;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Cordon.Gateways.Intake;

namespace Cordon.Screening;

/// <summary>The answer on one signal, as <see cref="VerdictWriter"/> writes it. For the API's document.</summary>
/// <param name="Id">The signal's id.</param>
/// <param name="Action">What to do.</param>
/// <param name="HoldUntil">How long a held one waits.</param>
/// <param name="Reasons">Why, in the reader's language.</param>
/// <param name="Rulebook">The content hash of the rulebook that judged; absent from a degraded answer.</param>
/// <param name="Sequence">The signal's number in the journal; absent from a degraded answer.</param>
/// <param name="Repeat">Whether it came before with the same values, and got this answer then; absent from a degraded answer.</param>
/// <param name="Degraded">Whether this is no verdict but what is declared for the kind.</param>
/// <param name="Cause">Why: overload, deadline, journal-paused or journal-stopped; degraded answers only.</param>
/// <param name="Retryable">Whether the same signal may be sent again for its verdict; degraded answers only.</param>
/// <param name="Explanation">Why each rule spoke, where it was asked for.</param>
internal sealed record ScreenAnswer(
    string Id, VerdictAction Action, Instant? HoldUntil, IReadOnlyList<ScreenReason> Reasons, string? Rulebook, long? Sequence, bool? Repeat,
    bool Degraded, string? Cause, bool? Retryable, IReadOnlyList<ExplainedRule>? Explanation);

/// <summary>A reason of an answer.</summary>
/// <param name="Code">A stable code.</param>
/// <param name="Action">What its rule asks for; absent from a degraded answer.</param>
/// <param name="Text">The reason in the reader's language.</param>
internal sealed record ScreenReason(string Code, VerdictAction? Action, string Text);

/// <summary>A line of a batch's answer: the answer on the signal of that line, or its faults.</summary>
/// <param name="Line">The line's number, from 1.</param>
/// <param name="Faults">Why the line was not taken; then nothing else stands here.</param>
/// <param name="Id">The signal's id.</param>
/// <param name="Action">What to do.</param>
/// <param name="HoldUntil">How long a held one waits.</param>
/// <param name="Reasons">Why.</param>
/// <param name="Rulebook">The content hash of the rulebook that judged.</param>
/// <param name="Sequence">The signal's number in the journal.</param>
/// <param name="Repeat">Whether it came before with the same values.</param>
/// <param name="Degraded">Whether this is no verdict but what is declared for the kind.</param>
/// <param name="Cause">Why there was no verdict.</param>
/// <param name="Retryable">Whether it may be sent again for its verdict.</param>
/// <param name="Explanation">Why each rule spoke, where it was asked for.</param>
internal sealed record ScreenLineAnswer(
    int Line, IReadOnlyList<IntakeFault>? Faults, string? Id, VerdictAction? Action, Instant? HoldUntil, IReadOnlyList<ScreenReason>? Reasons, string? Rulebook,
    long? Sequence, bool? Repeat, bool? Degraded, string? Cause, bool? Retryable, IReadOnlyList<ExplainedRule>? Explanation);
