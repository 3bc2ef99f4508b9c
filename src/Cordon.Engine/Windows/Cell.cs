namespace Cordon.Engine.Windows;

/// <summary>
/// What is known of one bucket: one to three words. The lower 16 bits of the first are the bucket's number modulo 2^16.
/// Merging is commutative and associative for every measure, so a bucket's state does not depend on the order of arrival.
/// Sums are kept in 112 bits for the same reason: saturated on the way, they would depend on it.
/// </summary>
internal static class Cell
{
    public const int TagBits = 16;
    public const int SumAt = 1;
    public const int CountAt = 2;
    public const int TieAt = 1;
    public const int ValueAt = 2;

    /// <summary>Merges a signal into a cell; <paramref name="first"/> where the cell holds nothing but its tag.</summary>
    public static void Merge(WindowMeasure measure, Span<ulong> cell, in CellSignal signal, bool first)
    {
        switch (measure)
        {
            case WindowMeasure.Count or WindowMeasure.Burst:
                cell[0] += 1UL << TagBits;
                break;
            case WindowMeasure.Sum:
                AddToSum(cell, signal.Value);
                break;
            case WindowMeasure.Average:
                AddToSum(cell, signal.Value);
                cell[CountAt]++;
                break;
            case WindowMeasure.Share:
                cell[0] += 1UL << TagBits;
                if (signal.Value != 0) cell[1]++;
                break;
            case WindowMeasure.Min:
                if (first || signal.Value < unchecked((long)cell[1])) cell[1] = unchecked((ulong)signal.Value);
                break;
            case WindowMeasure.Max:
                if (first || signal.Value > unchecked((long)cell[1])) cell[1] = unchecked((ulong)signal.Value);
                break;
            case WindowMeasure.FirstSeen:
                if (first || signal.Offset < Offset(cell)) SetOffset(cell, signal.Offset);
                break;
            case WindowMeasure.Gap:
                if (first || signal.Offset > Offset(cell)) SetOffset(cell, signal.Offset);
                break;
            case WindowMeasure.Last:
                if (first || IsNewer(cell, signal)) SetLast(cell, signal);
                break;
            default:
                throw new InvalidOperationException("A measure without cells.");
        }
    }

    public static long Counted(ReadOnlySpan<ulong> cell) => (long)(cell[0] >> TagBits);

    public static long Offset(ReadOnlySpan<ulong> cell) => (long)(cell[0] >> TagBits);

    public static Int128 Sum(ReadOnlySpan<ulong> cell) => new(unchecked((ulong)((long)cell[0] >> TagBits)), cell[SumAt]);

    private static void AddToSum(Span<ulong> cell, long value)
    {
        unchecked
        {
            var low = cell[SumAt] + (ulong)value;
            var carry = (value >> 63) + (low < cell[SumAt] ? 1 : 0);
            cell[SumAt] = low;
            cell[0] += (ulong)carry << TagBits;
        }
    }

    private static void SetOffset(Span<ulong> cell, long offset) => cell[0] = (cell[0] & ushort.MaxValue) | ((ulong)offset << TagBits);

    // A tie of ties is decided by the value, so that even then the order of arrival is not asked.
    private static bool IsNewer(ReadOnlySpan<ulong> cell, in CellSignal signal)
    {
        var offset = Offset(cell);
        if (signal.Offset != offset) return signal.Offset > offset;
        return signal.Tie != cell[TieAt] ? signal.Tie > cell[TieAt] : signal.Value > unchecked((long)cell[ValueAt]);
    }

    private static void SetLast(Span<ulong> cell, in CellSignal signal)
    {
        SetOffset(cell, signal.Offset);
        cell[TieAt] = signal.Tie;
        cell[ValueAt] = unchecked((ulong)signal.Value);
    }
}

/// <summary>What of a signal goes into a cell.</summary>
/// <param name="Bucket">Its bucket.</param>
/// <param name="Offset">How far into the bucket it lies.</param>
/// <param name="Value">Its value.</param>
/// <param name="Tie">Its place among signals of one instant.</param>
internal readonly record struct CellSignal(long Bucket, long Offset, long Value, ulong Tie);
