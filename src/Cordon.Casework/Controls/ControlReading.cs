using System.Collections.Immutable;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Controls;

/// <summary>Whose keeping of which duty is measured.</summary>
/// <param name="Duty">The duty, by its id in the pack.</param>
/// <param name="Member">The member that owes it.</param>
/// <param name="Unit">The reseller or branch through which it acts; null for the member as a whole.</param>
public sealed record ControlSubject(string Duty, MemberCode Member, string? Unit);

/// <summary>What a span of records says of a control.</summary>
public enum ControlVerdict
{
    /// <summary>Too few occasions to tell a member that keeps the duty from one that does not.</summary>
    TooFew,

    /// <summary>The faults lie within what the control allows.</summary>
    Kept,

    /// <summary>There are more faults than the control allows, and more than chance would give a member that keeps the duty.</summary>
    Burnt,
}

/// <summary>A control read over a span of time.</summary>
/// <param name="Subject">Whose keeping of which duty.</param>
/// <param name="From">The first instant of the span.</param>
/// <param name="To">The first instant after it.</param>
/// <param name="Occasions">How often the duty was put to the test.</param>
/// <param name="Faults">How often it was not kept.</param>
/// <param name="AllowedPerMillion">Faults that the control allows, for each million occasions.</param>
/// <param name="Verdict">What that says.</param>
/// <param name="Evidence">The records of faults, oldest first: <c>signal:member/id</c> or <c>order:id</c>; of many, the first of them.</param>
public sealed record ControlReading(
    ControlSubject Subject, Instant From, Instant To, long Occasions, long Faults, int AllowedPerMillion, ControlVerdict Verdict,
    ImmutableArray<string> Evidence);
