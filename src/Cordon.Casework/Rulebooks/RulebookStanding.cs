using Cordon.Engine.Signals;

namespace Cordon.Casework.Rulebooks;

/// <summary>Which rulebook judges, and which would if it were taken back.</summary>
/// <param name="Active">The one that casework has put to work; null where none was ever.</param>
/// <param name="Previous">The one that judged before it; null where none did.</param>
/// <param name="Judging">The hash of the rulebook that the engine judges by at this moment. It follows the outbox within a second.</param>
public sealed record RulebookStanding(RulebookDraft? Active, RulebookDraft? Previous, string Judging);

/// <summary>One step of a rulebook's history.</summary>
/// <param name="At">When.</param>
/// <param name="Actor">Who.</param>
/// <param name="Event">What happened, by its stable name.</param>
/// <param name="Version">Which version of the draft it made.</param>
public sealed record RulebookStep(Instant At, string Actor, string Event, int Version);

/// <summary>Which rulebooks to list.</summary>
public sealed record RulebookFilter
{
    /// <summary>In one state; null for all.</summary>
    public RulebookState? State { get; init; }

    /// <summary>With numbers before this; null for the first page.</summary>
    public string? Before { get; init; }

    /// <summary>At most so many.</summary>
    public int Limit { get; init; } = 100;
}
