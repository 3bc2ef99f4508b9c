namespace Cordon.Engine.Rules.Cel;

/// <summary>Evaluates a tree node by node and keeps what it saw. Slow, allocating, and of the same answers as compiled code.</summary>
internal static class CelExplainer
{
    public static CelExplanation Explain(CelChecked expression, CelLookup variables) => throw new InvalidOperationException("Being written.");
}
