namespace Cordon.Engine.Rules.Cel;

/// <summary>What an evaluation costs at the very most, in steps; infinite where sizes multiply beyond counting.</summary>
internal static class CelCost
{
    public static double Estimate(CelChecked expression, CelSizes sizes) => throw new InvalidOperationException("Being written.");
}
