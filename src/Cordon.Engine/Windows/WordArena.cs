using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cordon.Engine.Windows;

/// <summary>
/// Blocks of 64-bit words in size classes, cut from large chunks: no object an identifier, nothing for the collector
/// to follow. A freed block waits in the list of its class, so a table whose identifiers come and go takes no new memory.
/// Classes are 2, 3, 4, 6, 8, 12, ... words: a block is at most half as large again as what it was asked for.
/// </summary>
internal sealed class WordArena
{
    /// <summary>The number of size classes; the largest holds 32,768 words.</summary>
    public const int Classes = 29;

    private const int ChunkBits = 16;
    private const int ChunkSize = 1 << ChunkBits;
    private const int FirstSize = 1 << 9;

    private readonly uint[] free = new uint[Classes];
    private ulong[][] chunks = [new ulong[FirstSize]];
    private int chunkCount = 1;

    // Handle 0 is nobody's: two words are never given.
    private int used = 2;

    /// <summary>Bytes of the chunks.</summary>
    public long Bytes => ((chunkCount - 1) * (long)ChunkSize * sizeof(ulong)) + (chunks[0].Length * (long)sizeof(ulong));

    /// <summary>How many words a block of a class has.</summary>
    public static int SizeOf(int sizeClass) => (2 + (sizeClass & 1)) << (sizeClass >> 1);

    /// <summary>The smallest class that holds so many words.</summary>
    public static int ClassFor(int words)
    {
        if (words <= 2) return 0;
        var log = BitOperations.Log2((uint)words - 1);
        // The class with 3 << (log - 1) words lies between the powers of two around.
        return words <= 3 << (log - 1) ? (2 * log) - 1 : 2 * log;
    }

    /// <summary>A block, its content undefined. Never 0. Blocks that are held move never, but references into them may not be held over this call.</summary>
    public uint Take(int sizeClass)
    {
        if (sizeClass >= Classes) throw new ArgumentOutOfRangeException(nameof(sizeClass), "A block has at most 32,768 words.");
        var handle = free[sizeClass];
        if (handle != 0)
        {
            free[sizeClass] = (uint)At(handle);
            return handle;
        }
        var size = SizeOf(sizeClass);
        if (chunkCount == 1 && used + size <= ChunkSize) GrowFirst(used + size);
        else if (used + size > ChunkSize) AddChunk();
        handle = ((uint)(chunkCount - 1) << ChunkBits) + (uint)used;
        used += size;
        return handle;
    }

    public void Free(uint handle, int sizeClass)
    {
        At(handle) = free[sizeClass];
        free[sizeClass] = handle;
    }

    /// <summary>The first word of a block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref ulong At(uint handle) =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(chunks[handle >> ChunkBits]), (int)(handle & (ChunkSize - 1)));

    /// <summary>A block's words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<ulong> Block(uint handle, int sizeClass) =>
        MemoryMarshal.CreateSpan(ref At(handle), SizeOf(sizeClass));

    /// <summary>Bytes kept in a block of their own, behind their length.</summary>
    public uint TakeText(ReadOnlySpan<byte> text)
    {
        var sizeClass = ClassFor(1 + ((text.Length + 7) / 8));
        var handle = Take(sizeClass);
        var block = Block(handle, sizeClass);
        block[0] = (uint)text.Length;
        text.CopyTo(MemoryMarshal.AsBytes(block[1..]));
        return handle;
    }

    public ReadOnlySpan<byte> TextAt(uint handle)
    {
        var block = chunks[handle >> ChunkBits].AsSpan((int)(handle & (ChunkSize - 1)));
        return MemoryMarshal.AsBytes(block[1..])[..(int)block[0]];
    }

    public void FreeText(uint handle) => Free(handle, ClassFor(1 + (((int)At(handle) + 7) / 8)));

    private void GrowFirst(int needed)
    {
        if (needed > chunks[0].Length) Array.Resize(ref chunks[0], Math.Min(ChunkSize, Math.Max(needed, chunks[0].Length * 2)));
    }

    // What is left at the end of a chunk is cut into blocks, largest first, and given out later.
    private void AddChunk()
    {
        if (chunkCount == 1) GrowFirst(ChunkSize);
        while (ChunkSize - used >= 2)
        {
            var sizeClass = Math.Min(ClassFor(ChunkSize - used), Classes - 1);
            if (SizeOf(sizeClass) > ChunkSize - used) sizeClass--;
            Free(((uint)(chunkCount - 1) << ChunkBits) + (uint)used, sizeClass);
            used += SizeOf(sizeClass);
        }
        if (chunkCount == ChunkSize) throw new InvalidOperationException("A table's state is larger than 32 GB.");
        if (chunkCount == chunks.Length) Array.Resize(ref chunks, chunks.Length + Math.Max(4, chunks.Length / 2));
        chunks[chunkCount++] = new ulong[ChunkSize];
        used = 0;
    }
}
