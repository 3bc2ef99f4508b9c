using Cordon.Engine.Screening;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Lists;

/// <summary>What can be asked of an entry of a list.</summary>
internal abstract record ListCommand;

/// <summary>Put it on the list, or say something else of it.</summary>
/// <param name="Id">Its id, where it is new.</param>
/// <param name="List">Which list.</param>
/// <param name="Entry">The identifier in its written form.</param>
/// <param name="Owner">Who answers for it, 1 to 100 characters.</param>
/// <param name="Reason">Why, 1 to 500 characters.</param>
/// <param name="Until">From when on it counts no more; null for no end.</param>
internal sealed record PutEntry(Guid Id, ListName List, string Entry, string Owner, string Reason, Instant? Until) : ListCommand;

/// <summary>Take it off the list.</summary>
/// <param name="Reason">Why, 1 to 500 characters.</param>
internal sealed record TakeOff(string Reason) : ListCommand;
