using Cordon.Casework.Duties;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Controls;

/// <summary>One occasion of a duty that a record of casework gives, as the record stands now.</summary>
/// <param name="Control">What it puts to the test.</param>
/// <param name="Record">The record, <c>appeal:A-2026-000002</c>; it names the occasion, too.</param>
/// <param name="Member">Who owes it.</param>
/// <param name="At">When it arose; the version of the duty then in force judges it.</param>
public abstract record CaseworkFact(DutyControl Control, string Record, MemberCode Member, Instant At)
{
    /// <summary>Until when it must be done; null where no time runs.</summary>
    internal abstract Instant? DueUnder(Duty duty);

    /// <summary>Whether the duty was not kept; null while that is open, or where nothing was owed any more.</summary>
    internal abstract bool? IsFault(Duty duty, Instant now);
}

/// <summary>Something to be done in time.</summary>
/// <param name="Control">What it puts to the test.</param>
/// <param name="Record">The record.</param>
/// <param name="Member">Who owes it.</param>
/// <param name="At">From when the time runs.</param>
/// <param name="Due">Until when; null where the duty says within how many hours.</param>
/// <param name="DoneAt">When it was done.</param>
/// <param name="EndedAt">From when it was owed no more without having been done.</param>
public sealed record OwedInTime(DutyControl Control, string Record, MemberCode Member, Instant At, Instant? Due, Instant? DoneAt, Instant? EndedAt)
    : CaseworkFact(Control, Record, Member, At)
{
    internal override Instant? DueUnder(Duty duty) => Due ?? At + TimeSpan.FromHours(duty.Threshold![ControlCatalogue.Hours]);

    internal override bool? IsFault(Duty duty, Instant now)
    {
        var due = DueUnder(duty)!.Value;
        if (DoneAt is { } done && done <= now) return done > due;
        if (EndedAt is { } ended && ended <= now && ended <= due) return null;
        return now > due ? true : null;
    }
}

/// <summary>Something that went well or not, known at once and perhaps otherwise later.</summary>
/// <param name="Control">What it puts to the test.</param>
/// <param name="Record">The record.</param>
/// <param name="Member">Whose.</param>
/// <param name="At">When.</param>
/// <param name="Fault">Whether the duty was not kept, by what is known now.</param>
public sealed record Happened(DutyControl Control, string Record, MemberCode Member, Instant At, bool Fault) : CaseworkFact(Control, Record, Member, At)
{
    internal override Instant? DueUnder(Duty duty) => null;

    internal override bool? IsFault(Duty duty, Instant now) => Fault;
}
