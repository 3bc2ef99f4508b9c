using System.Collections.Immutable;

namespace Cordon.Engine.Rules.Cel;

/// <summary>The value a node had, or the error it ended in.</summary>
internal readonly record struct CelOutcome(object? Value, CelError? Error);

/// <summary>An evaluation with the outcome at each node that was reached, by its id; in a comprehension that of the last turn.</summary>
internal sealed record CelExplanation(CelOutcome Result, ImmutableDictionary<int, CelOutcome> Nodes);

/// <summary>The boxed value of a host variable; false where it has none.</summary>
internal delegate bool CelLookup(string name, out object? value);
