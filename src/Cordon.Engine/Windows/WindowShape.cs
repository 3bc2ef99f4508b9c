using System.Runtime.CompilerServices;
using Cordon.Engine.Signals;

namespace Cordon.Engine.Windows;

/// <summary>
/// A declaration worked out: how time is cut into buckets and how many of them count. A window is cut into 60 buckets,
/// a burst's slice into at least 6, on a grid that begins at the epoch and not at the window, so nothing ever resets.
/// An instant's bucket and the 60 before it count: never less than the window, and less than a sixtieth more.
/// </summary>
internal sealed class WindowShape
{
    /// <summary>No bucket of the calendar has a larger number.</summary>
    public const long MaxBucket = 1L << 47;

    private const int Parts = 60;

    // Divisors of 120, so that with whole milliseconds a bucket's edge is a third of a microsecond at the finest.
    private static readonly int[] SliceParts = [6, 10, 12, 15, 20, 30, 60, 120];

    private readonly long scale;
    private readonly long width;

    // Signals that come together mostly share a bucket; a division costs more than all else about a bucket.
    private long lastStart;
    private long lastBucket;

    public WindowShape(WindowSpec spec)
    {
        if (spec.Fault() is { } fault) throw new ArgumentException(fault, nameof(spec));
        Spec = spec;
        var length = spec.Over;
        var parts = Parts;
        if (spec.Measure == WindowMeasure.Burst)
        {
            length = spec.Slice;
            parts = Array.Find(SliceParts, p => IsFine(spec, p));
            SliceBuckets = parts;
        }
        var common = GreatestCommonDivisor(parts, length);
        scale = parts / common;
        width = length / common;
        lastBucket = 0;
        Span = (int)CeilingDivide(spec.Over * scale, width) + 1;
        Kept = Span + (int)CeilingDivide(spec.Lateness * scale, width);
        Horizon = CeilingDivide((Kept + 1) * width, scale);
        CellWords = spec.Measure switch
        {
            WindowMeasure.Average or WindowMeasure.Last => 3,
            WindowMeasure.Sum or WindowMeasure.Min or WindowMeasure.Max or WindowMeasure.Share => 2,
            _ => 1,
        };
    }

    public WindowSpec Spec { get; }

    /// <summary>How many buckets an answer looks at, the asking instant's own among them.</summary>
    public int Span { get; }

    /// <summary>How many buckets are held, from the newest back: those of the window, and those of the lateness before.</summary>
    public int Kept { get; }

    /// <summary>Buckets in a burst's slice; 0 for other measures.</summary>
    public int SliceBuckets { get; }

    /// <summary>64-bit words of one bucket's state.</summary>
    public int CellWords { get; }

    /// <summary>Microseconds after which nothing of a signal is left in any answer.</summary>
    public long Horizon { get; }

    /// <summary>The bucket of an instant.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long BucketOf(long at)
    {
        var scaled = unchecked(at * scale);
        return unchecked((ulong)(scaled - lastStart)) < (ulong)width ? lastBucket : Divide(at);
    }

    /// <summary>How far into its bucket an instant lies, to be turned back by <see cref="InstantOf"/>.</summary>
    public long OffsetOf(long at, long bucket) => (Bounded(at) * scale) - (bucket * width);

    public long InstantOf(long bucket, long offset) => ((bucket * width) + offset) / scale;

    // Instants beyond the calendar cannot come from a signal, and three times one must not overflow.
    private static long Bounded(long at) => Math.Clamp(at, Instant.Min.Micros, Instant.Max.Micros);

    private long Divide(long at)
    {
        var scaled = Bounded(at) * scale;
        var (bucket, rest) = Math.DivRem(scaled, width);
        if (rest < 0) bucket--;
        lastBucket = bucket;
        lastStart = bucket * width;
        return bucket;
    }

    // Where no whole number of buckets makes the window, one more is looked at: two must then fit into a sixtieth.
    private static bool IsFine(WindowSpec spec, int parts) =>
        parts * spec.Over >= (parts * spec.Over % spec.Slice == 0 ? Parts : 2 * Parts) * spec.Slice;

    private static long CeilingDivide(long value, long by) => (value + by - 1) / by;

    private static int GreatestCommonDivisor(int left, long right)
    {
        var rest = (int)(right % left);
        return rest == 0 ? left : GreatestCommonDivisor(rest, left);
    }
}
