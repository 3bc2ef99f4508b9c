using System.Collections.Immutable;

namespace Cordon.Casework.Evaluations;

/// <summary>A score in thousandths, and between which bounds chance leaves it.</summary>
/// <param name="Milli">The score.</param>
/// <param name="LowMilli">The least it may be.</param>
/// <param name="HighMilli">The most it may be.</param>
public readonly record struct Score(long Milli, long LowMilli, long HighMilli);

/// <summary>The places that a member may truly have among its peers.</summary>
/// <param name="Best">The best, from 1.</param>
/// <param name="Worst">The worst.</param>
/// <param name="Of">Among so many.</param>
public readonly record struct RankSpan(int Best, int Worst, int Of);

/// <summary>
/// Places among peers. A place is a span: who is told apart by more than chance stands before or behind, all others share the places between.
/// Where each score's bounds hold, each true place lies in its span. Pure.
/// </summary>
public static class League
{
    /// <summary>The span of each score, in their order; a higher score is a better place.</summary>
    /// <param name="scores">The scores of peers.</param>
    public static ImmutableArray<RankSpan> Rank(IReadOnlyList<Score> scores)
    {
        var lows = scores.Select(s => s.LowMilli).Order().ToArray();
        var highs = scores.Select(s => s.HighMilli).Order().ToArray();
        // Plainly better are those whose least is above this one's most; plainly worse those whose most is below its least.
        return [.. scores.Select(s => new RankSpan(1 + scores.Count - Before(lows, s.HighMilli + 1), scores.Count - Before(highs, s.LowMilli), scores.Count))];
    }

    /// <summary>The class of a size: how many of the bounds it reaches.</summary>
    /// <param name="chances">How often its duties were put to the test.</param>
    /// <param name="sizes">The least size of each class but the first, rising.</param>
    public static int ClassOf(long chances, ImmutableArray<long> sizes) => sizes.Count(least => chances >= least);

    // How many of a sorted list are below a value.
    private static int Before(long[] sorted, long value)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (sorted[middle] < value) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
