using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cordon.Engine.Windows;

/// <summary>
/// Finds the row of a key. Segments of 512 buckets; a bucket is one cache line with seven slots and a word about
/// the keys that did not fit. The upper bits of a key's hash choose the segment, the lower the bucket; a slot holds the
/// row, the key's tag and 26 bits of the hash. A key whose bucket is full lies in one of the three next; where these are
/// full too, in a balanced tree ordered by the keys themselves, so keys made to collide cost a logarithm and no more.
/// A segment that fills is split in two, which reads 32 KB and no key: growth never stops the caller for long.
/// </summary>
internal sealed unsafe class SlotTable
{
    private const int BucketBits = 9;
    private const int Buckets = 1 << BucketBits;
    private const int BucketWords = 8;
    private const int Slots = BucketWords - 1;
    private const int Reach = 4;
    private const int SegmentWords = Buckets * BucketWords;
    private const int SplitAt = Buckets * Slots * 3 / 4;
    private const int MaxDepth = 18;

    private const int HashBits = 26;
    private const int TagAt = HashBits + 2;
    private const int RowAt = TagAt + 8;
    private const ulong KeyMask = (1UL << RowAt) - 1;
    private const ulong HashMask = (1UL << HashBits) - 1;
    private const ulong InTree = 1UL << 63;

    private readonly RowKeys keys;
    private readonly RowOrder order;
    private readonly SortedSet<int> tree;
    private readonly List<Segment> segments = [];
    private ulong[] splitting = [];
    private nint[] starts;
    private int[] numbers;
    private int depth;

    public SlotTable(RowKeys keys, bool texts)
    {
        this.keys = keys;
        order = new RowOrder(keys, texts);
        tree = new SortedSet<int>(order);
        segments.Add(new Segment(0));
        starts = [segments[0].Start];
        numbers = [0];
    }

    /// <summary>Bytes of the segments and the directory; a key in the tree is counted with 56.</summary>
    public long Bytes => (segments.Count * (long)Segment.Bytes) + (starts.Length * 12L) + (tree.Count * 56L) + (splitting.Length * 8L);

    /// <summary>How many keys lie in the tree: none or nearly none, unless keys were made to collide.</summary>
    public int Crowded => tree.Count;

    /// <summary>Asks for the bucket of a key, and tells where it is: the place holds until a key is added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public nint LookAheadTo(ulong hash)
    {
        ref var bucket = ref Bucket(hash, 0);
        LookAhead.To(ref bucket);
        return (nint)Unsafe.AsPointer(ref bucket);
    }

    /// <summary>The first row in a key's own bucket that may be the key's, or -1: what to look ahead to next.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Candidate(nint bucket, in KeyBatch.Key key)
    {
        // All slots at once: which of them it is cannot be foretold, and a wrong guess costs more than the eight compares.
        var mask = Vector256.Create(KeyMask);
        var wanted = Vector256.Create(Wanted(key.Hash, key.Tag, 0));
        var low = Vector256.Equals(Vector256.Load((ulong*)bucket) & mask, wanted).ExtractMostSignificantBits();
        var high = Vector256.Equals(Vector256.Load((ulong*)bucket + 4) & mask, wanted).ExtractMostSignificantBits();
        var found = (low | (high << 4)) & ((1u << Slots) - 1);
        return found == 0 ? -1 : (int)(((ulong*)bucket)[BitOperations.TrailingZeroCount(found)] >> RowAt) - 1;
    }

    /// <summary>The row of a key, or -1.</summary>
    public int Find(in KeyBatch.Key key, ReadOnlySpan<byte> text)
    {
        ref var home = ref Bucket(key.Hash, 0);
        var spilled = Unsafe.Add(ref home, Slots);
        for (var step = 0; step < Reach; step++)
        {
            ref var bucket = ref Bucket(key.Hash, step);
            var wanted = Wanted(key.Hash, key.Tag, step);
            for (var i = 0; i < Slots; i++)
            {
                var slot = Unsafe.Add(ref bucket, i);
                if ((slot & KeyMask) != wanted || slot >> RowAt == 0) continue;
                var row = (int)(slot >> RowAt) - 1;
                if (keys.Matches(row, key, text)) return row;
            }
            if ((spilled & ~InTree) == 0) break;
        }
        return (spilled & InTree) == 0 ? -1 : FindInTree(key, text);
    }

    /// <summary>Gives an empty table the segments that so many rows will need, so that filling it splits none or few.</summary>
    public void Reserve(int rows)
    {
        while (depth < MaxDepth && rows > (SplitAt * 9L / 10) << depth)
        {
            for (var number = (1 << depth) - 1; number >= 0; number--) Split(number);
        }
    }

    /// <summary>Adds a row whose key is in no slot yet.</summary>
    public void Add(int row) => Add(row, keys.HashOf(row));

    /// <summary>Adds a row whose key is in no slot yet and has this hash.</summary>
    public void Add(int row, ulong hash)
    {
        var tag = keys.TagOf(row);
        while (true)
        {
            var number = numbers[Place(hash)];
            var segment = segments[number];
            if (segment.Count < SplitAt || segment.Depth == MaxDepth)
            {
                if (TryPlace(segment.Start, Home(hash), Wanted(hash, tag, 0) | ((ulong)(row + 1) << RowAt)))
                {
                    segment.Count++;
                    return;
                }
                // Half empty and yet no place: these keys collide, and splitting would not part them.
                if (segment.Count < SplitAt * 2 / 3 || segment.Depth == MaxDepth) break;
            }
            Split(number);
        }
        Unsafe.Add(ref Bucket(hash, 0), Slots) |= InTree;
        tree.Add(row);
    }

    /// <summary>Takes a row out, while its key still stands.</summary>
    public void Remove(int row)
    {
        var hash = keys.HashOf(row);
        for (var step = 0; step < Reach; step++)
        {
            ref var bucket = ref Bucket(hash, step);
            for (var i = 0; i < Slots; i++)
            {
                ref var slot = ref Unsafe.Add(ref bucket, i);
                if (slot >> RowAt != (ulong)(row + 1)) continue;
                slot = 0;
                if (step != 0) Unsafe.Add(ref Bucket(hash, 0), Slots)--;
                segments[numbers[Place(hash)]].Count--;
                return;
            }
        }
        if (!tree.Remove(row)) throw new InvalidOperationException("A row to be removed is not in the table.");
    }

    private static ulong Wanted(ulong hash, byte tag, int step) => (hash >> (64 - HashBits)) | ((ulong)step << HashBits) | ((ulong)tag << TagAt);

    private static int Home(ulong hash) => (int)(hash & (Buckets - 1));

    // Two shifts, because one by 64 would be one by 0 where the directory has a single segment.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Place(ulong hash) => (int)(hash >> 1 >> (63 - depth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref ulong Bucket(ulong hash, int step) =>
        ref Unsafe.AsRef<ulong>((ulong*)starts[Place(hash)] + (((Home(hash) + step) & (Buckets - 1)) * BucketWords));

    private int FindInTree(in KeyBatch.Key key, ReadOnlySpan<byte> text)
    {
        order.Ask(key, text);
        return tree.TryGetValue(RowOrder.Asked, out var row) ? row : -1;
    }

    private static bool TryPlace(nint start, int home, ulong slot)
    {
        for (var step = 0; step < Reach; step++)
        {
            var bucket = (ulong*)start + (((home + step) & (Buckets - 1)) * BucketWords);
            for (var i = 0; i < Slots; i++)
            {
                if (bucket[i] != 0) continue;
                bucket[i] = slot | ((ulong)step << HashBits);
                if (step != 0) ((ulong*)start + (home * BucketWords))[Slots]++;
                return true;
            }
        }
        return false;
    }

    private void Split(int number)
    {
        var low = segments[number];
        if (low.Depth == depth) Double();
        var bit = HashBits - 1 - low.Depth;
        low.Depth++;
        var high = new Segment(low.Depth);
        var words = new Span<ulong>((ulong*)low.Start, SegmentWords);
        if (splitting.Length == 0) splitting = new ulong[SegmentWords];
        words.CopyTo(splitting);
        words.Clear();
        low.Count = 0;
        for (var i = 0; i < SegmentWords; i++)
        {
            var slot = splitting[i];
            var bucket = i / BucketWords;
            if (i % BucketWords == Slots)
            {
                // The tree is not asked whose half its keys are in: both halves keep the mark.
                ((ulong*)low.Start)[i] |= slot & InTree;
                ((ulong*)high.Start)[i] |= slot & InTree;
            }
            else if (slot != 0)
            {
                var home = (bucket - (int)(slot >> HashBits & 3)) & (Buckets - 1);
                Keep((slot >> bit & 1) == 0 ? low : high, home, slot & ~(3UL << HashBits));
            }
        }
        Enter(number, high);
    }

    // What lay within reach in a fuller segment can yet find its half's buckets taken by others that came first.
    private void Keep(Segment half, int home, ulong slot)
    {
        if (TryPlace(half.Start, home, slot))
        {
            half.Count++;
            return;
        }
        ((ulong*)half.Start + (home * BucketWords))[Slots] |= InTree;
        tree.Add((int)(slot >> RowAt) - 1);
    }

    private void Enter(int number, Segment high)
    {
        var added = segments.Count;
        segments.Add(high);
        var first = Array.IndexOf(numbers, number);
        var half = 1 << (depth - high.Depth);
        for (var i = first + half; i < first + (2 * half); i++)
        {
            numbers[i] = added;
            starts[i] = high.Start;
        }
    }

    private void Double()
    {
        var largerStarts = new nint[starts.Length * 2];
        var largerNumbers = new int[starts.Length * 2];
        for (var i = 0; i < largerStarts.Length; i++)
        {
            largerStarts[i] = starts[i / 2];
            largerNumbers[i] = numbers[i / 2];
        }
        starts = largerStarts;
        numbers = largerNumbers;
        depth++;
    }

    /// <summary>The buckets of one segment, from a cache line's start on; pinned, so that the directory can hold addresses.</summary>
    private sealed class Segment
    {
        public const int Bytes = (SegmentWords + BucketWords) * sizeof(ulong);

        // Never read: it keeps the memory behind Start.
        private readonly ulong[] memory = GC.AllocateArray<ulong>(SegmentWords + BucketWords, pinned: true);

        public Segment(int depth)
        {
            Depth = depth;
            var start = (nint)Unsafe.AsPointer(ref memory[0]);
            Start = (start + 63) & ~63;
        }

        public nint Start { get; }

        public int Depth { get; set; }

        public int Count { get; set; }
    }
}
