using System.Collections.Immutable;
using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Journal;

/// <summary>What became of one submitted record.</summary>
/// <param name="Fault">Why it cannot be in a journal at all; <see cref="RecordFault.None"/> where it can.</param>
/// <param name="Admission">New, repeat or conflict; without meaning where there is a fault.</param>
/// <param name="Sequence">Its sequence; for a repeat or conflict, that of the record which came first; 0 with a fault.</param>
/// <param name="Verdict">The answer on a signal, for a repeat the one it got at first; null for a list change, a conflict or a fault.</param>
public readonly record struct SubmitOutcome(RecordFault Fault, Admission Admission, long Sequence, Verdict? Verdict);

/// <summary>What became of a batch. Given only after all of it is durable.</summary>
/// <param name="Outcomes">One for each record, in their order.</param>
/// <param name="Accepted">How many were new.</param>
/// <param name="Repeats">How many came again with the same values.</param>
/// <param name="Conflicts">How many came again with other values and were refused.</param>
/// <param name="Faults">How many were refused for a fault.</param>
/// <param name="Sequence">The journal was durable and judged up to here when the receipt was made.</param>
public sealed record SubmitReceipt(
    ImmutableArray<SubmitOutcome> Outcomes, int Accepted, int Repeats, int Conflicts, int Faults, long Sequence);
