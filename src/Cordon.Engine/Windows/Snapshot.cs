using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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
        var at = used;
        for (; left >= 0x80; left >>= 7) piece[at++] = (byte)((left & 0x7F) | 0x80);
        piece[at++] = (byte)left;
        used = at;
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
        Raw(bytes);
    }

    /// <summary>
    /// Values as they lie in memory, which is what makes a large state quick to save. Little-endian, as all machines are that .NET 10
    /// runs servers on; <typeparamref name="T"/> has no gaps, or the same values would not always have the same bytes.
    /// </summary>
    public void Column<T>(ReadOnlySpan<T> values)
        where T : unmanaged => Raw(MemoryMarshal.AsBytes(values));

    /// <summary>A short text.</summary>
    public void Text(string text) => Bytes(System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Hands over what is left.</summary>
    public void Flush()
    {
        to.Write(piece.AsSpan(0, used));
        used = 0;
    }

    private void Raw(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > PieceSize / 4)
        {
            Flush();
            to.Write(bytes);
            return;
        }
        Reserve(bytes.Length);
        bytes.CopyTo(piece.AsSpan(used));
        used += bytes.Length;
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

    /// <summary>Values that <see cref="SnapshotWriter.Column{T}"/> wrote.</summary>
    public void Column<T>(Span<T> into)
        where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(into);
        if (!from.TryCopyTo(bytes)) throw Cut();
        from.Advance(bytes.Length);
    }

    /// <summary>How many values of a column follow: never more than there are bytes for, so that damage asks for no memory.</summary>
    public int Values<T>(int limit)
        where T : unmanaged
    {
        var count = Count(limit);
        return (long)count * Unsafe.SizeOf<T>() <= from.Remaining ? count : throw Cut();
    }

    /// <summary>A short text.</summary>
    public string Text(int longest)
    {
        var bytes = Bytes(longest * 3);
        var text = System.Text.Encoding.UTF8.GetString(bytes);
        return text.Length <= longest ? text : throw new FormatException("A snapshot's text is too long.");
    }

    private static FormatException Cut() => new("A snapshot ends before its end.");
}
