using System.Numerics;

namespace Cordon.Engine.Windows;

/// <summary>
/// The arrays of a table's sketches: those that one needs no more serve the next, and one after another sorts out here
/// what it still needs. So busy identifiers that come and go allocate nothing once the busiest hour has been seen.
/// </summary>
internal sealed class SketchRoom
{
    private readonly Stack<ulong[]>[] freeHashes = Stacks<ulong[]>();
    private readonly Stack<ushort[]>[] freeTags = Stacks<ushort[]>();
    private readonly Dictionary<int, Stack<int[]>> freeGrids = [];
    private ulong[] hashes = [];
    private ushort[] tags = [];

    /// <summary>How many values are being sorted out.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of the arrays that serve nobody at the moment.</summary>
    public long Bytes
    {
        get
        {
            var bytes = hashes.Length * 10L;
            for (var size = 0; size < freeHashes.Length; size++) bytes += freeHashes[size].Count * (10L << size);
            foreach (var (length, grids) in freeGrids) bytes += grids.Count * 4L * length;
            return bytes;
        }
    }

    /// <summary>A value that is being sorted out.</summary>
    public (ulong Hash, ushort Tag) this[int index] => (hashes[index], tags[index]);

    /// <summary>Empty slots, a power of two.</summary>
    public (ulong[] Hashes, ushort[] Tags) TakeSlots(int slots)
    {
        var size = BitOperations.Log2((uint)slots);
        if (!freeHashes[size].TryPop(out var emptied)) return (new ulong[slots], new ushort[slots]);
        Array.Clear(emptied);
        return (emptied, freeTags[size].Pop());
    }

    public void GiveSlots(ulong[] usedHashes, ushort[] usedTags)
    {
        var size = BitOperations.Log2((uint)usedHashes.Length);
        freeHashes[size].Push(usedHashes);
        freeTags[size].Push(usedTags);
    }

    /// <summary>Counters, all zero.</summary>
    public int[] TakeGrid(int length)
    {
        if (!freeGrids.TryGetValue(length, out var grids) || !grids.TryPop(out var grid)) return new int[length];
        Array.Clear(grid);
        return grid;
    }

    public void GiveGrid(int[] grid)
    {
        if (!freeGrids.TryGetValue(grid.Length, out var grids)) freeGrids.Add(grid.Length, grids = new Stack<int[]>());
        grids.Push(grid);
    }

    /// <summary>Begins to sort out.</summary>
    public void Clear(int capacity)
    {
        Count = 0;
        if (capacity <= hashes.Length) return;
        var larger = (int)BitOperations.RoundUpToPowerOf2((uint)capacity);
        (hashes, tags) = (new ulong[larger], new ushort[larger]);
    }

    public void Add(ulong hash, ushort tag)
    {
        hashes[Count] = hash;
        tags[Count++] = tag;
    }

    private static Stack<T>[] Stacks<T>()
    {
        var stacks = new Stack<T>[32];
        for (var size = 0; size < stacks.Length; size++) stacks[size] = new Stack<T>();
        return stacks;
    }
}
