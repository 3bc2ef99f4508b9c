namespace Cordon.Engine.Rules.Cel;

/// <summary>How large a value can be: characters or bytes of a text, entries of a list or map and what these hold.</summary>
/// <param name="Count">The most characters, bytes or entries; 0 for a scalar.</param>
/// <param name="Element">Of a list or map, the largest element or value.</param>
/// <param name="Key">Of a map, the largest key.</param>
internal sealed record CelShape(double Count, CelShape? Element = null, CelShape? Key = null)
{
    public static readonly CelShape Scalar = new(0);

    /// <summary>Everything reachable, counted as a tree.</summary>
    public double Weight => 1 + (Element is null ? Count : Count * (Element.Weight + (Key?.Weight ?? 0)));

    /// <summary>A shape that holds both.</summary>
    public static CelShape Larger(CelShape a, CelShape b) => new(Math.Max(a.Count, b.Count), Join(a.Element, b.Element), Join(a.Key, b.Key));

    private static CelShape? Join(CelShape? a, CelShape? b) => a is null ? b : b is null ? a : Larger(a, b);
}

/// <summary>What a call costs and how large its answer is.</summary>
internal readonly record struct CelCallCost(double Cost, CelShape Result);

/// <summary>The sizes a host promises of what an expression does not show.</summary>
/// <param name="TextLength">The longest string or bytes a variable or host function answers.</param>
/// <param name="ListLength">The most entries of a list or map of the host.</param>
internal sealed record CelSizes(double TextLength = 256, double ListLength = 64);
