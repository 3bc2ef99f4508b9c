using System.Collections.Immutable;
using Cordon.Casework.Members;
using Cordon.Engine.Signals;

namespace Cordon.Casework.Rectifications.Ladder;

/// <summary>Who is barred from what until when, and by which document.</summary>
/// <param name="Subject">Against whom the document is.</param>
/// <param name="Unit">The reseller or branch that it names; null for none.</param>
/// <param name="Bar">From what.</param>
/// <param name="Holder">Whom: the unit, or the officers named.</param>
/// <param name="Officers">The officers named; empty where the unit is barred.</param>
/// <param name="From">From when.</param>
/// <param name="Until">The first instant after.</param>
/// <param name="Rung">The rung.</param>
/// <param name="Number">The document's number.</param>
/// <param name="Source">Where that stands.</param>
public sealed record StandingBar(
    LadderSubject Subject, string? Unit, Bar Bar, BarHolder Holder, ImmutableArray<Officer> Officers, Instant From, Instant Until, Rung Rung, string Number, CitedSource Source);

/// <summary>The bars that documents in force make. Pure.</summary>
public static class StandingBars
{
    /// <summary>All bars at an instant, by subject, bar, holder, end and number. A delisted subject stays barred to the end of the term; a revoked step bars nothing.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="at">The instant.</param>
    public static ImmutableArray<StandingBar> At(IEnumerable<LadderStep> steps, Instant at) =>
    [
        .. steps.Where(s => s.State is StepState.Issued or StepState.Delisted)
            .SelectMany(s => s.Effects.Where(e => e.From <= at && at < e.To).Select(e => new StandingBar(
                s.Subject, s.Unit, e.Bar, e.Holder, e.Holder == BarHolder.Officers ? s.Officers : [], e.From, e.To, s.Rung, s.Number, e.Source)))
            .OrderBy(b => b.Subject.ToString(), StringComparer.Ordinal).ThenBy(b => b.Bar).ThenBy(b => b.Holder).ThenByDescending(b => b.Until).ThenBy(b => b.Number, StringComparer.Ordinal),
    ];
}
