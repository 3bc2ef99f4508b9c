using System.Runtime.InteropServices;

namespace Cordon.Engine.Windows;

/// <summary>
/// The different values of one identifier's window while they are few: each value's hash with the bucket in which it was
/// last seen, ten bytes. The block has a word with the newest bucket and the number of values, then the hashes, then the
/// buckets. Beyond <see cref="MaxClass"/> a <see cref="DistinctSketch"/> takes over.
/// </summary>
internal sealed class DistinctList(WordArena arena)
{
    /// <summary>The largest block's class: 48 words for 37 values.</summary>
    public const int MaxClass = 9;

    private const int UsedBits = 16;

    /// <summary>The most values a list holds.</summary>
    public static int MaxValues => Capacity(WordArena.SizeOf(MaxClass));

    /// <summary>The values held: their hashes, and the lower 16 bits of their buckets.</summary>
    public void Values(StateRef state, out long newest, out Span<ulong> hashes, out Span<ushort> tags)
    {
        var block = arena.Block(state.Handle, state.SizeClass);
        var used = (int)(block[0] & ushort.MaxValue);
        newest = unchecked((long)block[0]) >> UsedBits;
        hashes = block.Slice(1, used);
        tags = Tags(block)[..used];
    }

    /// <summary>Counts a value. False where its bucket was let go; <paramref name="full"/> where a sketch must take it.</summary>
    public bool Apply(WindowShape shape, ref ulong word, long bucket, ulong hash, out bool full)
    {
        full = false;
        if (word == 0) word = Take(WordArena.ClassFor(3), bucket).Word;
        var state = new StateRef(word);
        var block = arena.Block(state.Handle, state.SizeClass);
        var newest = unchecked((long)block[0]) >> UsedBits;
        if (bucket > newest)
        {
            Advance(shape, block, bucket - newest);
            newest = bucket;
        }
        else if (newest - bucket >= shape.Kept) return false;
        var used = (int)(block[0] & ushort.MaxValue);
        var at = block.Slice(1, used).IndexOf(hash);
        if (at >= 0)
        {
            ref var tag = ref Tags(block)[at];
            if (CellList.Age(newest, tag) > newest - bucket) tag = unchecked((ushort)bucket);
            return true;
        }
        if (used == Capacity(block.Length))
        {
            full = state.SizeClass == MaxClass;
            if (full) return true;
            block = Grow(ref word);
        }
        block[1 + used] = hash;
        Tags(block)[used] = unchecked((ushort)bucket);
        block[0]++;
        return true;
    }

    /// <summary>How many values were seen in or after a bucket.</summary>
    public long CountFrom(StateRef state, long bucket)
    {
        Values(state, out var newest, out _, out var tags);
        long count = 0;
        foreach (var tag in tags)
            if (newest - CellList.Age(newest, tag) >= bucket) count++;
        return count;
    }

    /// <summary>An empty list whose newest bucket is given, with room for so many values.</summary>
    public StateRef Make(long newest, int values)
    {
        var sizeClass = WordArena.ClassFor(3);
        while (Capacity(WordArena.SizeOf(sizeClass)) < values) sizeClass++;
        return Take(sizeClass, newest);
    }

    public void Free(StateRef state) => arena.Free(state.Handle, state.SizeClass);

    private static int Capacity(int words) => (words - 1) * 4 / 5;

    private static Span<ushort> Tags(Span<ulong> block) => MemoryMarshal.Cast<ulong, ushort>(block[(1 + Capacity(block.Length))..]);

    private static void Advance(WindowShape shape, Span<ulong> block, long by)
    {
        var newest = (unchecked((long)block[0]) >> UsedBits) + by;
        var used = (int)(block[0] & ushort.MaxValue);
        var tags = Tags(block);
        var kept = 0;
        for (var i = 0; i < used && by < shape.Kept; i++)
        {
            if (CellList.Age(newest, tags[i]) >= shape.Kept) continue;
            block[1 + kept] = block[1 + i];
            tags[kept++] = tags[i];
        }
        block[0] = unchecked((ulong)newest << UsedBits) | (uint)kept;
    }

    private StateRef Take(int sizeClass, long newest)
    {
        var handle = arena.Take(sizeClass);
        arena.At(handle) = unchecked((ulong)newest << UsedBits);
        return StateRef.OfBlock(handle, sizeClass);
    }

    private Span<ulong> Grow(scoped ref ulong word)
    {
        var old = new StateRef(word);
        var grown = StateRef.OfBlock(arena.Take(old.SizeClass + 1), old.SizeClass + 1);
        var from = arena.Block(old.Handle, old.SizeClass);
        var to = arena.Block(grown.Handle, grown.SizeClass);
        var used = (int)(from[0] & ushort.MaxValue);
        from[..(1 + used)].CopyTo(to);
        Tags(from)[..used].CopyTo(Tags(to));
        Free(old);
        word = grown.Word;
        return to;
    }
}
