using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Lists;

/// <summary>What happens to an entry of a list.</summary>
/// <param name="At">When.</param>
public abstract record ListEvent(Instant At) : CaseworkEvent(At);

/// <summary>It was put on the list, or what is said of it changed.</summary>
/// <param name="At">When.</param>
/// <param name="Id">Its id.</param>
/// <param name="List">Which list.</param>
/// <param name="Entry">The identifier; it may be a person's, so it is kept beside the audited part.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Reason">Why.</param>
/// <param name="Until">From when on it counts no more.</param>
/// <param name="By">Who put it there.</param>
/// <param name="Indicator">The indicator that keeps it; null where a person does.</param>
[EventName("list-entry.put")]
public sealed record ListEntryPut(
    Instant At, Guid Id, ListName List, [property: Personal] string Entry, string Owner, string Reason, Instant? Until, string By, Guid? Indicator = null) : ListEvent(At);

/// <summary>It was taken off the list.</summary>
/// <param name="At">When.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who took it off.</param>
[EventName("list-entry.taken-off")]
public sealed record ListEntryTakenOff(Instant At, string Reason, string By) : ListEvent(At);
