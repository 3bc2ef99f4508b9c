namespace Cordon.Engine.Rules.Cel.Library;

/// <summary>What calls cost whose answers or work grow in a way of their own. One step is about one scalar operation; ten characters are one step.</summary>
internal static class CelCosts
{
    public const double Characters = 0.1;

    // Reading a pattern, and each of its states at each character of the input.
    private const double PatternCost = 10;

    private static double Walk(CelShape shape) => 1 + (shape.Weight * Characters);

    private static CelShape Text(double count) => new(count);

    public static CelCallCost Step(IReadOnlyList<CelShape> x) => new(1, CelShape.Scalar);

    public static CelCallCost Concatenation(IReadOnlyList<CelShape> x) => new(
        1 + ((x[0].Count + x[1].Count) * Characters), CelShape.Larger(x[0], x[1]) with { Count = x[0].Count + x[1].Count });

    public static CelCallCost Widened(IReadOnlyList<CelShape> x) => new(Walk(x[0]), Text((x[0].Count * 4) + 4));

    public static CelCallCost Search(IReadOnlyList<CelShape> x) => new(Walk(x[0]) * Walk(x[1]), CelShape.Scalar);

    public static CelCallCost Matching(IReadOnlyList<CelShape> x) => new((x[1].Count * PatternCost) + (Walk(x[0]) * (1 + x[1].Count)), CelShape.Scalar);

    public static CelCallCost Replacing(IReadOnlyList<CelShape> x) => new(Walk(x[0]) * Walk(x[1]) * Walk(x[2]), Text((x[0].Count + 1) * (x[2].Count + 1)));

    public static CelCallCost Splitting(IReadOnlyList<CelShape> x) => new((1 + x[0].Count) * Walk(x[1]), new(x[0].Count + 1, Text(x[0].Count)));

    public static CelCallCost Joining(IReadOnlyList<CelShape> x)
    {
        var length = x[0].Count * ((x[0].Element?.Count ?? 0) + (x.Count > 1 ? x[1].Count : 0));
        return new(1 + (length * Characters), Text(length));
    }

    /// <summary>A value of any kind may be written out, numbers with a hundred decimals.</summary>
    public static CelCallCost Formatting(IReadOnlyList<CelShape> x)
    {
        var length = x[0].Count + ((x[1].Weight + x[0].Count) * 128);
        return new(1 + (length * Characters), Text(length));
    }

    public static CelCallCost Membership(IReadOnlyList<CelShape> x) => new(1 + x[1].Weight, CelShape.Scalar);

    public static CelCallCost Element(IReadOnlyList<CelShape> x) => new(1 + ((x.Count > 1 ? x[1].Weight : 0) * Characters), x[0].Element ?? x[0]);

    // An optional has the shape of a list of one.

    public static CelCallCost Wrapped(IReadOnlyList<CelShape> x) => new(1, new(1, x[0]));

    public static CelCallCost WrappedElement(IReadOnlyList<CelShape> x) => new(1 + ((x.Count > 1 ? x[1].Weight : 0) * Characters), new(1, x[0].Element));

    public static CelCallCost Rewrapped(IReadOnlyList<CelShape> x) => new(1 + (x[1].Weight * Characters), new(1, x[0].Element?.Element));

    public static CelCallCost Unwrapped(IReadOnlyList<CelShape> x) => new(1 + x[0].Count, new(x[0].Count, x[0].Element?.Element));

    public static CelCallCost Either(IReadOnlyList<CelShape> x) => new(1, CelShape.Larger(x[0], x[1]));
}
