namespace Cordon.Engine.Windows;

/// <summary>A window's answer before it is turned into a number of the kind that is asked for.</summary>
/// <param name="Found">Whether there is an answer: there is none to the smallest of nothing.</param>
/// <param name="Total">The answer, or what is to be divided by the count.</param>
/// <param name="Count">The divisor of an average and a share, else 1.</param>
internal readonly record struct WindowAnswer(bool Found, Int128 Total, long Count)
{
    public static WindowAnswer None => new(false, 0, 1);

    public static WindowAnswer Of(Int128 total) => new(true, total, 1);

    /// <summary>Reads the cells of a window at an instant.</summary>
    public static WindowAnswer Of(WindowShape shape, CellList lists, StateRef state, long at)
    {
        if (state.IsEmpty) return Empty(shape.Spec.Measure);
        var cells = lists.Cells(shape, state, out var used, out var newest);
        var bucket = shape.BucketOf(at);
        var from = 0;
        var to = used;
        while (to > 0 && newest - bucket > CellList.Age(newest, cells[(to - 1) * shape.CellWords])) to--;
        // A busy identifier's cells nearly all lie in the window: the old ones are few and at the front.
        while (from < to && newest - CellList.Age(newest, cells[from * shape.CellWords]) <= bucket - shape.Span) from++;
        var seen = cells[(from * shape.CellWords)..(to * shape.CellWords)];
        return seen.IsEmpty ? Empty(shape.Spec.Measure) : OfCells(shape, seen, newest, at);
    }

    public long ToWhole() => Saturate(Count == 1 ? Total : RoundedQuotient());

    public double ToReal() => (double)Total / Count;

    private static WindowAnswer Empty(WindowMeasure measure) =>
        measure is WindowMeasure.Count or WindowMeasure.Sum or WindowMeasure.Distinct or WindowMeasure.Burst ? Of(0) : None;

    private static WindowAnswer OfCells(WindowShape shape, ReadOnlySpan<ulong> cells, long newest, long at) => shape.Spec.Measure switch
    {
        WindowMeasure.Count => Of(Counted(cells)),
        WindowMeasure.Sum => Of(Summed(cells, 2)),
        WindowMeasure.Average => new WindowAnswer(true, Summed(cells, 3), Added(cells, 3, Cell.CountAt)),
        WindowMeasure.Share => new WindowAnswer(true, Added(cells, 2, 1), CountedBySteps(cells, 2)),
        WindowMeasure.Min => Of(Smallest(cells)),
        WindowMeasure.Max => Of(Largest(cells)),
        WindowMeasure.Burst => Of(LargestSlice(shape, cells)),
        WindowMeasure.FirstSeen => FirstSeen(shape, cells, newest, at),
        WindowMeasure.Gap => Newest(shape, cells, newest, at) is var (cell, seen) && cell >= 0 ? Of(at - seen) : None,
        WindowMeasure.Last => Newest(shape, cells, newest, at) is var (cell, _) && cell >= 0 ? Of(unchecked((long)cells[cell + Cell.ValueAt])) : None,
        _ => throw new InvalidOperationException("A measure without cells."),
    };

    private static long Counted(ReadOnlySpan<ulong> cells)
    {
        var count = 0UL;
        foreach (var cell in cells) count += cell >> Cell.TagBits;
        return (long)count;
    }

    private static long CountedBySteps(ReadOnlySpan<ulong> cells, int size)
    {
        var count = 0UL;
        for (var i = 0; i < cells.Length; i += size) count += cells[i] >> Cell.TagBits;
        return (long)count;
    }

    private static long Added(ReadOnlySpan<ulong> cells, int size, int word)
    {
        var count = 0UL;
        for (var i = word; i < cells.Length; i += size) count += cells[i];
        return (long)count;
    }

    private static Int128 Summed(ReadOnlySpan<ulong> cells, int size)
    {
        Int128 sum = 0;
        for (var i = 0; i < cells.Length; i += size) sum += Cell.Sum(cells.Slice(i, 2));
        return sum;
    }

    private static long Smallest(ReadOnlySpan<ulong> cells)
    {
        var smallest = long.MaxValue;
        for (var i = 1; i < cells.Length; i += 2) smallest = Math.Min(smallest, unchecked((long)cells[i]));
        return smallest;
    }

    private static long Largest(ReadOnlySpan<ulong> cells)
    {
        var largest = long.MinValue;
        for (var i = 1; i < cells.Length; i += 2) largest = Math.Max(largest, unchecked((long)cells[i]));
        return largest;
    }

    // Two cells' tags tell how many buckets lie between them: a busy identifier has a thousand cells, so each counts.
    private static long LargestSlice(WindowShape shape, ReadOnlySpan<ulong> cells)
    {
        unchecked
        {
            ulong largest = 0;
            ulong inSlice = 0;
            var oldest = 0;
            var slice = shape.SliceBuckets;
            foreach (var cell in cells)
            {
                inSlice += cell >> Cell.TagBits;
                for (; (ushort)(cell - cells[oldest]) >= slice; oldest++) inSlice -= cells[oldest] >> Cell.TagBits;
                largest = Math.Max(largest, inSlice);
            }
            return (long)largest;
        }
    }

    private static WindowAnswer FirstSeen(WindowShape shape, ReadOnlySpan<ulong> cells, long newest, long at)
    {
        var seen = shape.InstantOf(newest - CellList.Age(newest, cells[0]), Cell.Offset(cells));
        return seen <= at ? Of(seen) : None;
    }

    // Of the asking instant's own bucket only the newest signal is known: where that came later, the bucket before tells.
    private static (int Cell, long At) Newest(WindowShape shape, ReadOnlySpan<ulong> cells, long newest, long at)
    {
        for (var i = cells.Length - shape.CellWords; i >= 0; i -= shape.CellWords)
        {
            var seen = shape.InstantOf(newest - CellList.Age(newest, cells[i]), Cell.Offset(cells[i..]));
            if (seen <= at) return (i, seen);
        }
        return (-1, 0);
    }

    private static long Saturate(Int128 value) =>
        value > long.MaxValue ? long.MaxValue : value < long.MinValue ? long.MinValue : (long)value;

    // Half away from zero, as people round.
    private Int128 RoundedQuotient()
    {
        var (quotient, rest) = Int128.DivRem(Total, Count);
        return Int128.Abs(rest) * 2 < Count ? quotient : quotient + Int128.Sign(Total);
    }
}
