namespace Cordon.Engine.Windows;

/// <summary>
/// The buckets of one identifier's window in which something happened, in the order of time, in one block: a word with
/// the newest bucket and the number of cells, then the cells. It is small for the many identifiers with few signals, and
/// for a busy one it fills up to a cell a bucket and never grows further. A cell is no larger here than it would be in
/// a ring, since the bits that name its bucket lie beside a counter that needs no more; so there is no second form.
/// </summary>
internal sealed class CellList(WordArena arena)
{
    private const int UsedBits = 16;

    /// <summary>Cells held, the newest bucket, and the cells themselves.</summary>
    public ReadOnlySpan<ulong> Cells(WindowShape shape, StateRef state, out int used, out long newest)
    {
        var block = arena.Block(state.Handle, state.SizeClass);
        used = (int)(block[0] & ushort.MaxValue);
        newest = Newest(block);
        return block.Slice(1, used * shape.CellWords);
    }

    /// <summary>Counts a signal. False where its bucket was let go already.</summary>
    public bool Apply(WindowShape shape, ref ulong word, in CellSignal signal)
    {
        var state = new StateRef(word);
        var size = shape.CellWords;
        if (state.IsEmpty)
        {
            state = Take(1 + size);
            word = state.Word;
            Write(arena.Block(state.Handle, state.SizeClass), signal.Bucket, 0);
        }
        var block = arena.Block(state.Handle, state.SizeClass);
        var newest = Newest(block);
        if (signal.Bucket > newest)
        {
            Advance(shape, ref word, signal.Bucket);
            state = new StateRef(word);
            block = arena.Block(state.Handle, state.SizeClass);
            newest = signal.Bucket;
        }
        else if (newest - signal.Bucket >= shape.Kept) return false;
        var used = (int)(block[0] & ushort.MaxValue);
        var age = (int)(newest - signal.Bucket);
        var at = Seek(block, size, used, newest, age);
        if (at < used && Age(newest, block[1 + (at * size)]) == age)
        {
            Cell.Merge(shape.Spec.Measure, block.Slice(1 + (at * size), size), signal, first: false);
            return true;
        }
        if (1 + ((used + 1) * size) > block.Length) block = Grow(ref word, 1 + ((used + 1) * size));
        block.Slice(1 + (at * size), (used - at) * size).CopyTo(block[(1 + ((at + 1) * size))..]);
        Write(block, newest, used + 1);
        var cell = block.Slice(1 + (at * size), size);
        cell.Clear();
        cell[0] = unchecked((ushort)signal.Bucket);
        Cell.Merge(shape.Spec.Measure, cell, signal, first: true);
        return true;
    }

    /// <summary>How many buckets before the newest a cell is.</summary>
    public static int Age(long newest, ulong cell) => unchecked((ushort)((ulong)newest - cell));

    /// <summary>Builds a list from cells as <see cref="Cells"/> gives them.</summary>
    public StateRef Build(WindowShape shape, long newest, ReadOnlySpan<ulong> cells)
    {
        var state = Take(1 + cells.Length);
        var block = arena.Block(state.Handle, state.SizeClass);
        Write(block, newest, cells.Length / shape.CellWords);
        cells.CopyTo(block[1..]);
        return state;
    }

    public void Free(StateRef state) => arena.Free(state.Handle, state.SizeClass);

    private static long Newest(ReadOnlySpan<ulong> block) => unchecked((long)block[0]) >> UsedBits;

    private static void Write(Span<ulong> block, long newest, int used) => block[0] = unchecked((ulong)newest << UsedBits) | (uint)used;

    /// <summary>The place of the first cell that is not older than an age.</summary>
    private static int Seek(ReadOnlySpan<ulong> block, int size, int used, long newest, int age)
    {
        var low = 0;
        var high = used;
        // Most signals belong to the last cell or behind it.
        if (used > 0 && Age(newest, block[1 + ((used - 1) * size)]) >= age) low = Age(newest, block[1 + ((used - 1) * size)]) > age ? used : used - 1;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Age(newest, block[1 + (middle * size)]) > age) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    // What leaves the held buckets is dropped at once: the state is then a function of the signals alone, and a tag of
    // 16 bits never means two buckets.
    private void Advance(WindowShape shape, ref ulong word, long bucket)
    {
        var state = new StateRef(word);
        var block = arena.Block(state.Handle, state.SizeClass);
        var size = shape.CellWords;
        var newest = Newest(block);
        var used = (int)(block[0] & ushort.MaxValue);
        var gone = 0;
        if (bucket - newest >= shape.Kept) gone = used;
        else while (gone < used && Age(newest, block[1 + (gone * size)]) + (bucket - newest) >= shape.Kept) gone++;
        if (gone > 0) block.Slice(1 + (gone * size), (used - gone) * size).CopyTo(block[1..]);
        Write(block, bucket, used - gone);
        // One that was busy and is so no longer gives back what it does not need, but not for a short calm.
        var needed = WordArena.ClassFor(1 + ((used - gone + 1) * size));
        if (needed + 4 <= state.SizeClass) word = Move(state, needed).Word;
    }

    private Span<ulong> Grow(scoped ref ulong word, int words)
    {
        var state = Move(new StateRef(word), WordArena.ClassFor(words));
        word = state.Word;
        return arena.Block(state.Handle, state.SizeClass);
    }

    private StateRef Take(int words)
    {
        var sizeClass = WordArena.ClassFor(words);
        return StateRef.OfBlock(arena.Take(sizeClass), sizeClass);
    }

    private StateRef Move(StateRef state, int sizeClass)
    {
        var moved = StateRef.OfBlock(arena.Take(sizeClass), sizeClass);
        var from = arena.Block(state.Handle, state.SizeClass);
        var to = arena.Block(moved.Handle, sizeClass);
        from[..Math.Min(from.Length, to.Length)].CopyTo(to);
        Free(state);
        return moved;
    }
}
