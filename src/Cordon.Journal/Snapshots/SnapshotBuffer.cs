using System.Buffers;

namespace Cordon.Journal.Snapshots;

/// <summary>Takes a state in pieces of pooled memory: it grows without copying what it has, because judging waits for it.</summary>
internal sealed class SnapshotBuffer : IBufferWriter<byte>, IDisposable
{
    public const int PieceBytes = 1 << 20;

    private readonly List<(byte[] Bytes, int Length)> pieces = [];
    private byte[] last = [];
    private int filled;

    /// <summary>Bytes written.</summary>
    public long Length { get; private set; }

    /// <summary>What was written, each piece not empty and of at most <see cref="PieceBytes"/>.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Pieces()
    {
        foreach (var (bytes, length) in pieces) yield return bytes.AsMemory(0, length);
        if (filled > 0) yield return last.AsMemory(0, filled);
    }

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, PieceBytes - filled);
        filled += count;
        Length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return last.AsMemory(filled, PieceBytes - filled);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return last.AsSpan(filled, PieceBytes - filled);
    }

    public void Dispose()
    {
        foreach (var (bytes, _) in pieces) ArrayPool<byte>.Shared.Return(bytes);
        if (last.Length > 0) ArrayPool<byte>.Shared.Return(last);
        pieces.Clear();
        (last, filled) = ([], 0);
    }

    private void Reserve(int sizeHint)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sizeHint, PieceBytes);
        if (last.Length > 0 && PieceBytes - filled >= Math.Max(1, sizeHint)) return;
        if (filled > 0) pieces.Add((last, filled));
        else if (last.Length > 0) return;
        last = ArrayPool<byte>.Shared.Rent(PieceBytes);
        filled = 0;
    }
}
