using System.Buffers;
using System.Buffers.Binary;

namespace Cordon.Engine.Windows;

/// <summary>Writes a snapshot's numbers, most of them small, to where the host wants them.</summary>
internal sealed class SnapshotWriter(IBufferWriter<byte> to)
{
    private const int PieceSize = 1 << 14;

    private readonly byte[] piece = new byte[PieceSize];
    private int used;

    /// <summary>A whole number, seven bits a byte, small magnitudes short.</summary>
    public void Number(long value)
    {
        Reserve(10);
        var left = unchecked(((ulong)value << 1) ^ (ulong)(value >> 63));
        for (; left >= 0x80; left >>= 7) piece[used++] = (byte)((left & 0x7F) | 0x80);
        piece[used++] = (byte)left;
    }

    /// <summary>Eight bytes as they are.</summary>
    public void Word(ulong value)
    {
        Reserve(sizeof(ulong));
        BinaryPrimitives.WriteUInt64LittleEndian(piece.AsSpan(used), value);
        used += sizeof(ulong);
    }

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Number(bytes.Length);
        foreach (var b in bytes)
        {
            Reserve(1);
            piece[used++] = b;
        }
    }

    /// <summary>Hands over what is left.</summary>
    public void Flush()
    {
        to.Write(piece.AsSpan(0, used));
        used = 0;
    }

    private void Reserve(int bytes)
    {
        if (used + bytes > PieceSize) Flush();
    }
}

/// <summary>Reads what <see cref="SnapshotWriter"/> wrote. Throws <see cref="FormatException"/> on what it cannot have written.</summary>
internal ref struct SnapshotReader(SequenceReader<byte> from)
{
    private SequenceReader<byte> from = from;

    /// <summary>The reader where this one has come to.</summary>
    public readonly SequenceReader<byte> Rest => from;

    public long Number()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (!from.TryRead(out var b)) throw Cut();
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80) return unchecked((long)(value >> 1) ^ -(long)(value & 1));
        }
        throw new FormatException("A snapshot's number has too many bytes.");
    }

    /// <summary>A number from 0 to a limit.</summary>
    public int Count(int limit)
    {
        var value = Number();
        return value >= 0 && value <= limit ? (int)value : throw new FormatException("A snapshot's number lies outside its limits.");
    }

    /// <summary>How many things follow, each of a byte at least.</summary>
    public int Elements(int limit)
    {
        var count = Count(limit);
        return count <= from.Remaining ? count : throw Cut();
    }

    /// <summary>A bucket's number.</summary>
    public long Bucket()
    {
        var bucket = Number();
        return Math.Abs(bucket >> 1) < WindowShape.MaxBucket / 2 ? bucket : throw new FormatException("A snapshot's bucket lies outside the calendar.");
    }

    public ulong Word()
    {
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        if (!from.TryCopyTo(word)) throw Cut();
        from.Advance(word.Length);
        return BinaryPrimitives.ReadUInt64LittleEndian(word);
    }

    public byte[] Bytes(int limit)
    {
        var bytes = new byte[Elements(limit)];
        if (!from.TryCopyTo(bytes)) throw Cut();
        from.Advance(bytes.Length);
        return bytes;
    }

    private static FormatException Cut() => new("A snapshot ends before its end.");
}
