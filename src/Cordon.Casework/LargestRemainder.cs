namespace Cordon.Casework;

/// <summary>Divides sums in whole minor units so that no unit is lost and none is made.</summary>
internal static class LargestRemainder
{
    /// <summary>
    /// Divides in proportion to weights, none negative and not all zero. Each gets the whole units due; those left over go one each to the largest
    /// fractions, and at equal fractions to the earlier weight.
    /// </summary>
    public static long[] Divide(Int128 sum, IReadOnlyList<long> weights)
    {
        Int128 total = 0;
        foreach (var weight in weights) total += weight;
        var parts = weights.Select(w => Int128.DivRem(sum * w, total)).ToArray();
        var shares = parts.Select(p => (long)p.Quotient).ToArray();
        var left = parts.Aggregate(sum, (rest, p) => rest - p.Quotient);
        foreach (var index in Enumerable.Range(0, parts.Length).OrderByDescending(i => parts[i].Remainder).ThenBy(i => i).Take(checked((int)left)))
            shares[index]++;
        return shares;
    }
}
