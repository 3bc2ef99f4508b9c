using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cordon.Engine.Windows;

/// <summary>
/// The key of each row: 128 bits, and a byte that tells two equal ones apart. A text's are its hash and the place of
/// its bytes. Rows lie in chunks, so that growing copies nothing; freed rows are given again, the last freed first.
/// </summary>
internal sealed class RowKeys(bool texts)
{
    private const int Bits = 13;
    private const int ChunkRows = 1 << Bits;
    private const int TagsAt = 2 * ChunkRows;
    private const int LiveAt = TagsAt + (ChunkRows / 8);
    private const int ChunkWords = LiveAt + (ChunkRows / 64);

    private readonly WordArena? arena = texts ? new WordArena() : null;
    private ulong[][] chunks = [];
    private int chunkCount;

    // The freed row that is given next, plus one; each freed row names the next in its first word.
    private int freed;

    public int Count { get; private set; }

    public int Rows { get; private set; }

    public long Bytes => (chunkCount * (long)ChunkWords * sizeof(ulong)) + (arena?.Bytes ?? 0);

    public bool IsLive(int row) => row < Rows && (Chunk(row)[LiveAt + ((row & (ChunkRows - 1)) >> 6)] >> (row & 63) & 1) != 0;

    public ulong HashOf(int row)
    {
        ref var high = ref HighOf(row);
        return texts ? high : KeyHash.Of(high, Unsafe.Add(ref high, 1));
    }

    public byte TagOf(int row) => (byte)(Chunk(row)[TagsAt + ((row & (ChunkRows - 1)) >> 3)] >> ((row & 7) * 8) & 0xFF);

    public ReadOnlySpan<byte> TextOf(int row) => arena!.TextAt((uint)Unsafe.Add(ref HighOf(row), 1));

    /// <summary>A number's high and low half.</summary>
    public (ulong High, ulong Low) NumberOf(int row) => (HighOf(row), Unsafe.Add(ref HighOf(row), 1));

    /// <summary>Whether a row's key is this one; the tag has been compared by whoever found the row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Matches(int row, in KeyBatch.Key key, ReadOnlySpan<byte> text)
    {
        ref var high = ref HighOf(row);
        return texts ? high == key.Hash && TextOf(row).SequenceEqual(text) : high == key.High && Unsafe.Add(ref high, 1) == key.Low;
    }

    /// <summary>Asks for a row's key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void LookAheadTo(int row) => LookAhead.To(ref HighOf(row));

    /// <summary>Asks for the text behind a row's key.</summary>
    public void LookAheadToText(int row) => LookAhead.To(ref arena!.At((uint)Unsafe.Add(ref HighOf(row), 1)));

    public int Add(in KeyBatch.Key key, ReadOnlySpan<byte> text)
    {
        var row = freed - 1;
        if (row >= 0) freed = (int)HighOf(row);
        else
        {
            row = Rows;
            if (row == IdentifierIndex.MaxRows) throw new InvalidOperationException("An index holds no more than 2^28 - 2 identifiers.");
            if (row >> Bits == chunkCount) AddChunk();
            Rows = row + 1;
        }
        Set(row, key, text);
        return row;
    }

    public void Remove(int row)
    {
        if (texts) arena!.FreeText((uint)Unsafe.Add(ref HighOf(row), 1));
        LiveWord(row) &= ~(1UL << (row & 63));
        HighOf(row) = (ulong)freed;
        freed = row + 1;
        Count--;
    }

    /// <summary>The freed rows in the order of their giving.</summary>
    public IEnumerable<int> Freed()
    {
        for (var row = freed - 1; row >= 0; row = (int)HighOf(row) - 1) yield return row;
    }

    /// <summary>Makes room for rows that a snapshot names, none of them live.</summary>
    public void SetRows(int rows)
    {
        while (chunkCount << Bits < rows) AddChunk();
        Rows = rows;
    }

    public void Set(int row, in KeyBatch.Key key, ReadOnlySpan<byte> text)
    {
        ref var high = ref HighOf(row);
        high = texts ? key.Hash : key.High;
        Unsafe.Add(ref high, 1) = texts ? arena!.TakeText(text) : key.Low;
        ref var tags = ref Chunk(row)[TagsAt + ((row & (ChunkRows - 1)) >> 3)];
        tags = (tags & ~(0xFFUL << ((row & 7) * 8))) | ((ulong)key.Tag << ((row & 7) * 8));
        LiveWord(row) |= 1UL << (row & 63);
        Count++;
    }

    /// <summary>Writes the numbers of all rows and their tags as they lie in memory. Freed rows are written too: what is left in them is read back.</summary>
    public void Save(SnapshotWriter to)
    {
        for (var first = 0; first < Rows; first += ChunkRows)
        {
            var count = Math.Min(ChunkRows, Rows - first);
            to.Column<ulong>(Chunk(first).AsSpan(0, 2 * count));
            to.Column<ulong>(Chunk(first).AsSpan(TagsAt, (count + 7) / 8));
        }
    }

    /// <summary>Reads that into rows made by <see cref="SetRows"/>; none of them is live before <see cref="Revive"/>.</summary>
    public void Load(ref SnapshotReader from)
    {
        for (var first = 0; first < Rows; first += ChunkRows)
        {
            var count = Math.Min(ChunkRows, Rows - first);
            from.Column(Chunk(first).AsSpan(0, 2 * count));
            from.Column(Chunk(first).AsSpan(TagsAt, (count + 7) / 8));
        }
    }

    /// <summary>Makes a row live whose number was read.</summary>
    public void Revive(int row)
    {
        LiveWord(row) |= 1UL << (row & 63);
        Count++;
    }

    /// <summary>Links the freed rows of a snapshot, in the order of their giving.</summary>
    public void SetFreed(ReadOnlySpan<int> rows)
    {
        freed = 0;
        for (var i = rows.Length - 1; i >= 0; i--)
        {
            HighOf(rows[i]) = (ulong)freed;
            freed = rows[i] + 1;
        }
    }

    private ulong[] Chunk(int row) => chunks[row >> Bits];

    private ref ulong LiveWord(int row) => ref Chunk(row)[LiveAt + ((row & (ChunkRows - 1)) >> 6)];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref ulong HighOf(int row) =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(chunks[row >> Bits]), 2 * (row & (ChunkRows - 1)));

    private void AddChunk()
    {
        if (chunkCount == chunks.Length) Array.Resize(ref chunks, Math.Max(4, chunkCount + (chunkCount / 2)));
        chunks[chunkCount++] = new ulong[ChunkWords];
    }
}
