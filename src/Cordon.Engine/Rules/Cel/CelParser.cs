using System.Collections.Immutable;

namespace Cordon.Engine.Rules.Cel;

internal static class CelParser
{
    public static CelNode? Parse(string source, out ImmutableArray<CelFault> faults) => throw new InvalidOperationException("Being written.");
}
