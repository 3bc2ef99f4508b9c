using System.Numerics;
using System.Runtime.InteropServices;

namespace Cordon.Engine.Windows;

/// <summary>
/// The different values of a busy identifier's window. Up to <see cref="Depth"/> values they are simply held, each with
/// the bucket in which it was last seen, and the answer is exact. Beyond, a sample is held: of the values last seen in a
/// bucket those whose hash lies below the bucket's threshold, where the threshold is the largest on a fixed grid below
/// which no more than Depth values were seen in that bucket or after it. Each bucket's sample, divided by its threshold,
/// estimates its values; the sum has a standard error of about 0.6%, whether traffic grows, falls or slides away.
/// The thresholds follow from the set of signals alone, so the answer does not depend on their order of arrival.
/// What may be dropped is dropped now and then; what is held too much is never counted.
/// </summary>
internal sealed class DistinctSketch
{
    /// <summary>Up to so many values in window and lateness are counted exactly.</summary>
    public const int Depth = 16_384;

    // Four steps an octave: a threshold that is lowered by a step keeps at least four fifths of its sample.
    private const int Steps = 4;
    private const int Grid = 32 * Steps;
    private const int FirstSlots = 128;

    // A bucket's number modulo 2^16 must stay unambiguous for what is held and for what waits to be dropped.
    private const int LongestWait = 1 << 14;

    private readonly WindowShape shape;
    private readonly SketchRoom room;
    private readonly int[] counts;
    private readonly byte[] cuts;
    private int[]? grid;
    private ulong[] hashes;
    private ushort[] tags;
    private int used;
    private int live;
    private int deepest;
    private long prunedAt;

    public DistinctSketch(WindowShape shape, SketchRoom room, long newest)
    {
        this.shape = shape;
        this.room = room;
        counts = new int[shape.Kept];
        cuts = new byte[shape.Kept];
        (hashes, tags) = room.TakeSlots(FirstSlots);
        Newest = newest;
        prunedAt = newest;
    }

    /// <summary>The newest bucket.</summary>
    public long Newest { get; private set; }

    public long Bytes => (counts.Length * 5L) + ((grid?.Length ?? 0) * 4L) + (hashes.Length * 10L);

    /// <summary>Counts a value, whose hash is not zero. False where its bucket was let go.</summary>
    public bool Apply(long bucket, ulong hash)
    {
        if (bucket > Newest) Advance(bucket);
        else if (Newest - bucket >= shape.Kept) return false;
        var slot = SlotOf(hash);
        if (hashes[slot] == hash)
        {
            var seen = Newest - CellList.Age(Newest, tags[slot]);
            if (bucket <= seen) return true;
            if (Newest - seen < shape.Kept) Count(seen, hash, -1);
        }
        else
        {
            if (StepOf(hash) < cuts[Ring(bucket)]) return true;
            if ((used + 1) * 4 > hashes.Length * 3)
            {
                Prune();
                slot = SlotOf(hash);
                if (StepOf(hash) < cuts[Ring(bucket)]) return true;
            }
            hashes[slot] = hash;
            used++;
        }
        tags[slot] = unchecked((ushort)bucket);
        Count(bucket, hash, 1);
        return true;
    }

    /// <summary>How many values were seen in or after a bucket.</summary>
    public long CountFrom(long bucket)
    {
        var oldest = Math.Max(bucket, Newest - shape.Kept + 1);
        if (grid is not null) return (long)Math.Round(new Sweep(this).Down(oldest, keepCuts: false));
        long count = 0;
        for (var b = oldest; b <= Newest; b++) count += counts[Ring(b)];
        return count;
    }

    /// <summary>Drops what no later answer can need, and takes the room that the rest needs.</summary>
    public void Prune()
    {
        if (grid is not null) new Sweep(this).Down(Newest - shape.Kept + 1, keepCuts: true);
        room.Clear(used);
        for (var i = 0; i < hashes.Length; i++)
            if (hashes[i] != 0 && IsNeeded(hashes[i], tags[i])) room.Add(hashes[i], tags[i]);
        var slots = Math.Max(FirstSlots, (int)BitOperations.RoundUpToPowerOf2((uint)(room.Count + 1) * 2));
        // A smaller table is made only when it pays: a calm moment must not cost a busy identifier its room.
        if (slots > hashes.Length || slots * 4 <= hashes.Length) Resize(slots);
        else Array.Clear(hashes);
        Refill();
        prunedAt = Newest;
    }

    /// <summary>Forgets everything, to serve another identifier.</summary>
    public void Reset(long newest)
    {
        Forget();
        Newest = newest;
        prunedAt = newest;
    }

    /// <summary>The values held, after pruning: their hashes and ages in buckets, in the order of the hashes.</summary>
    public (ulong Hash, int Age)[] Values()
    {
        Prune();
        var values = new (ulong Hash, int Age)[used];
        var next = 0;
        for (var i = 0; i < hashes.Length; i++)
            if (hashes[i] != 0) values[next++] = (hashes[i], CellList.Age(Newest, tags[i]));
        Array.Sort(values);
        return values;
    }

    /// <summary>How many steps of the grid are cut off the sample of the bucket of an age.</summary>
    public byte CutAt(int age) => cuts[Ring(Newest - age)];

    /// <summary>Takes over the cuts that a snapshot names, before the values.</summary>
    public void SetCut(int age, byte cut)
    {
        if (cut >= Grid) throw new FormatException("A snapshot cuts more off a sample than there is.");
        if (cut > 0) grid ??= room.TakeGrid(shape.Kept * Grid);
        cuts[Ring(Newest - age)] = cut;
    }

    private bool IsNeeded(ulong hash, ushort tag)
    {
        var age = CellList.Age(Newest, tag);
        return age < shape.Kept && StepOf(hash) >= cuts[Ring(Newest - age)];
    }

    private void Refill()
    {
        Array.Clear(counts);
        if (grid is not null) Array.Clear(grid);
        used = 0;
        live = 0;
        deepest = 0;
        for (var i = 0; i < room.Count; i++)
        {
            var (hash, tag) = room[i];
            var slot = SlotOf(hash);
            hashes[slot] = hash;
            tags[slot] = tag;
            used++;
            Count(Newest - CellList.Age(Newest, tag), hash, 1);
        }
    }

    private void Advance(long bucket)
    {
        var by = bucket - Newest;
        if (by >= shape.Kept) Forget();
        for (var b = Math.Max(Newest + 1, bucket - shape.Kept + 1); b <= bucket; b++) Let(Ring(b));
        Newest = bucket;
        if (used == 0) prunedAt = bucket;
        if (bucket - prunedAt >= LongestWait || used - live > Math.Max(FirstSlots, live)) Prune();
    }

    private void Let(int ring)
    {
        live -= counts[ring];
        counts[ring] = 0;
        cuts[ring] = 0;
        if (grid is not null) Array.Clear(grid, ring * Grid, Grid);
    }

    private void Forget()
    {
        Array.Clear(counts);
        Array.Clear(cuts);
        if (hashes.Length == FirstSlots) Array.Clear(hashes);
        else Resize(FirstSlots);
        if (grid is not null) room.GiveGrid(grid);
        grid = null;
        used = 0;
        live = 0;
        deepest = 0;
    }

    private void Resize(int slots)
    {
        room.GiveSlots(hashes, tags);
        (hashes, tags) = room.TakeSlots(slots);
    }

    private void Count(long bucket, ulong hash, int by)
    {
        var ring = Ring(bucket);
        counts[ring] += by;
        live += by;
        var step = StepOf(hash);
        deepest = Math.Max(deepest, step);
        if (grid is not null) grid[(ring * Grid) + step] += by;
        else if (live > Depth) MakeGrid();
    }

    // Called between the change of a slot and its count, or within a refill: the slots hold what the counts told so far.
    private void MakeGrid()
    {
        grid = room.TakeGrid(shape.Kept * Grid);
        for (var i = 0; i < hashes.Length; i++)
        {
            var age = CellList.Age(Newest, tags[i]);
            if (hashes[i] != 0 && age < shape.Kept) grid[(Ring(Newest - age) * Grid) + StepOf(hashes[i])]++;
        }
    }

    private int Ring(long bucket)
    {
        var rest = (int)(bucket % shape.Kept);
        return rest < 0 ? rest + shape.Kept : rest;
    }

    private int SlotOf(ulong hash)
    {
        // The upper bits of what is held are the same small ones; the lower tell the values apart.
        var mask = hashes.Length - 1;
        var slot = (int)(hash & (uint)mask);
        while (hashes[slot] != 0 && hashes[slot] != hash) slot = (slot + 1) & mask;
        return slot;
    }

    /// <summary>The step of the grid in which a hash lies: 0 for the largest.</summary>
    private static int StepOf(ulong hash)
    {
        var octave = BitOperations.LeadingZeroCount(hash);
        var quarter = (int)(hash << octave >> 61) & (Steps - 1);
        return Math.Min((octave * Steps) + (Steps - 1 - quarter), Grid - 1);
    }

    /// <summary>The part of all hashes that lies below a cut.</summary>
    private static double ThresholdOf(int cut) => (2.0 * Steps - (cut % Steps)) / (2 * Steps) / (1UL << (cut / Steps));

    /// <summary>Goes down from the newest bucket and finds each bucket's threshold.</summary>
    private readonly ref struct Sweep(DistinctSketch sketch)
    {
        public double Down(long oldest, bool keepCuts)
        {
            Span<int> column = stackalloc int[Grid];
            column.Clear();
            var cut = 0;
            long below = 0;
            double estimate = 0;
            for (var bucket = sketch.Newest; bucket >= oldest; bucket--)
            {
                var ring = sketch.Ring(bucket);
                for (; cut < sketch.cuts[ring]; cut++) below -= column[cut];
                var row = sketch.grid.AsSpan(ring * Grid, Grid);
                long own = sketch.counts[ring];
                for (var step = 0; step < cut; step++) own -= row[step];
                Add(column, row, cut);
                below += own;
                for (; below > Depth && cut < Grid - 1; cut++)
                {
                    below -= column[cut];
                    own -= row[cut];
                }
                if (keepCuts) sketch.cuts[ring] = (byte)cut;
                estimate += own / ThresholdOf(cut);
            }
            return estimate;
        }

        // Steps below a cut are never asked again, and those above the deepest hold nothing.
        private void Add(Span<int> column, ReadOnlySpan<int> row, int cut)
        {
            var sums = MemoryMarshal.Cast<int, Vector<int>>(column);
            var added = MemoryMarshal.Cast<int, Vector<int>>(row);
            for (var i = cut / Vector<int>.Count; i <= sketch.deepest / Vector<int>.Count; i++) sums[i] += added[i];
        }
    }
}
