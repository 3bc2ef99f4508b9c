using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Cordon.Engine.Windows;

namespace Cordon.Engine.Money;

/// <summary>
/// An append-only list of values in chunks: it grows without copying what is there, so a graph of many
/// millions of transfers never needs twice its memory for a moment. The first chunk starts small.
/// </summary>
internal sealed class ChunkedList<T>
    where T : struct
{
    private const int Bits = 14;
    private const int ChunkSize = 1 << Bits;
    private const int FirstSize = 16;

    private T[][] chunks = [[]];

    public int Count { get; private set; }

    /// <summary>How much memory it takes.</summary>
    public long Bytes => (chunks.Length * (long)Unsafe.SizeOf<nint>()) + chunks.Sum(static chunk => chunk is null ? 0L : (long)chunk.Length * Unsafe.SizeOf<T>());

    /// <summary>The value at a place, to read or change where it lies.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public ref T this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            if ((uint)index >= (uint)Count) ThrowNoPlace();
            // What is checked is the count, which is at hand: the length of a chunk lies with the chunk, and so costs another wait for memory.
            return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(chunks[index >> Bits]), index & (ChunkSize - 1));
        }
    }

    /// <summary>Asks for the value at a place, or does nothing where there is none.</summary>
    public void LookAheadTo(int index)
    {
        if (index >= 0 && index < Count) LookAhead.To(ref Unsafe.As<T, ulong>(ref this[index]));
    }

    public int Add(in T value)
    {
        var index = Count;
        var chunk = index >> Bits;
        if (chunk == 0) GrowFirst(index);
        else if ((index & (ChunkSize - 1)) == 0) AddChunk(chunk);
        chunks[chunk][index & (ChunkSize - 1)] = value;
        Count = index + 1;
        return index;
    }

    /// <summary>Adds as many of a value as are missing.</summary>
    public void Ensure(int count, in T value)
    {
        while (Count < count) Add(value);
    }

    /// <summary>The values in pieces, in order.</summary>
    public IEnumerable<Memory<T>> Pieces()
    {
        for (var start = 0; start < Count; start += ChunkSize) yield return chunks[start >> Bits].AsMemory(0, Math.Min(ChunkSize, Count - start));
    }

    [DoesNotReturn]
    private static void ThrowNoPlace() => throw new ArgumentOutOfRangeException("index");

    private void GrowFirst(int index)
    {
        var first = chunks[0];
        if (index == first.Length) Array.Resize(ref chunks[0], first.Length == 0 ? FirstSize : first.Length * 2);
    }

    private void AddChunk(int chunk)
    {
        if (chunk == chunks.Length) Array.Resize(ref chunks, chunk + Math.Max(4, chunk / 2));
        // Where it is for good: the collector would move it, once or twice, for nothing.
        chunks[chunk] = GC.AllocateArray<T>(ChunkSize, pinned: true);
    }
}

/// <summary>Lists of plain values as columns of a snapshot.</summary>
internal static class SavedColumns
{
    public static void Save<T>(this ChunkedList<T> list, SnapshotWriter to)
        where T : unmanaged
    {
        to.Number(list.Count);
        foreach (var piece in list.Pieces()) to.Column<T>(piece.Span);
    }

    /// <summary>Fills an empty list.</summary>
    public static void Load<T>(this ChunkedList<T> list, ref SnapshotReader from)
        where T : unmanaged
    {
        list.Ensure(from.Values<T>(int.MaxValue), default);
        foreach (var piece in list.Pieces()) from.Column(piece.Span);
    }
}
