using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cordon.Engine.Windows;

/// <summary>
/// A line of words for each row: the instant of its newest signal, then one word a window that tells where its state lies.
/// Rows lie in chunks, so that growing copies nothing; adding a window copies all, once for each activated rulebook.
/// </summary>
internal sealed class WindowRows
{
    /// <summary>The instant of a row without a signal.</summary>
    public const long Never = long.MinValue;

    private const int Bits = 10;
    private const int ChunkRows = 1 << Bits;

    private ulong[][] chunks = [];
    private int chunkCount;
    private int stride = 1;

    public int Count => chunkCount << Bits;

    public long Bytes => chunkCount * (long)ChunkRows * stride * sizeof(ulong);

    /// <summary>The states of a row's windows.</summary>
    public Span<ulong> States(int row) => MemoryMarshal.CreateSpan(ref State(row, 0), stride - 1);

    /// <summary>The state of one window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref ulong State(int row, int window) => ref Unsafe.Add(ref First(row), 1 + window);

    /// <summary>The instant of a row's newest signal, or <see cref="Never"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Newest(int row) => FromWord(First(row));

    public void SetNewest(int row, long at) => First(row) = ToWord(at);

    /// <summary>Asks for a row's newest instant and the places of some of its windows.</summary>
    public void LookAheadTo(int row, ReadOnlySpan<int> windows)
    {
        ref var first = ref First(row);
        LookAhead.To(ref first);
        foreach (var window in windows) LookAhead.To(ref Unsafe.Add(ref first, 1 + window));
    }

    /// <summary>Makes room for rows, without signals.</summary>
    public void Ensure(int rows)
    {
        while (Count < rows)
        {
            if (chunkCount == chunks.Length) Array.Resize(ref chunks, Math.Max(4, chunkCount + (chunkCount / 2)));
            chunks[chunkCount++] = new ulong[ChunkRows * stride];
        }
    }

    /// <summary>Gives every row one more window.</summary>
    public void AddWindow()
    {
        for (var chunk = 0; chunk < chunkCount; chunk++)
        {
            var wider = new ulong[ChunkRows * (stride + 1)];
            for (var row = 0; row < ChunkRows; row++)
                chunks[chunk].AsSpan(row * stride, stride).CopyTo(wider.AsSpan(row * (stride + 1)));
            chunks[chunk] = wider;
        }
        stride++;
    }

    // A fresh chunk is all zeroes: zero has to mean that there was never a signal.
    private static ulong ToWord(long at) => unchecked((ulong)at ^ (1UL << 63));

    private static long FromWord(ulong word) => unchecked((long)(word ^ (1UL << 63)));

    // A row lies within its chunk, whose length is not asked for: it lies with the chunk, and so costs another wait for memory.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref ulong First(int row) =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(chunks[row >> Bits]), (row & (ChunkRows - 1)) * stride);
}
