using System.Buffers;

namespace Cordon.Journal;

/// <summary>
/// Records to be appended together, framed as the segment takes them, so that the writer only numbers, sums and writes them.
/// Write a payload as into any buffer, then call <see cref="EndRecord"/>.
/// </summary>
/// <param name="capacity">Bytes to make room for at once, frames of 16 bytes included; it grows where more come.</param>
public sealed class JournalBatch(int capacity = 4_096) : IBufferWriter<byte>
{
    private readonly List<int> ends = [];
    private byte[] bytes = new byte[capacity];
    private int start;
    private int position = SegmentFormat.FrameBytes;

    /// <summary>Records ended.</summary>
    public int Count => ends.Count;

    /// <summary>Bytes of the records ended, frames included.</summary>
    public int Bytes => start;

    /// <summary>Bytes that it has room for without growing.</summary>
    internal int Room => bytes.Length;

    internal ReadOnlyMemory<byte> Written => bytes.AsMemory(0, start);

    /// <summary>Ends the record whose payload was written since the last end.</summary>
    /// <exception cref="InvalidOperationException">The payload is empty or longer than 16 MiB.</exception>
    public void EndRecord()
    {
        var length = position - start - SegmentFormat.FrameBytes;
        if (length is 0 or > SegmentFormat.LongestPayload) throw new InvalidOperationException($"A payload has 1 to {SegmentFormat.LongestPayload} bytes, not {length}.");
        ends.Add(position);
        start = position;
        position += SegmentFormat.FrameBytes;
    }

    /// <summary>Adds a whole payload as a record.</summary>
    public void Add(ReadOnlySpan<byte> payload)
    {
        this.Write(payload);
        EndRecord();
    }

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, bytes.Length - position);
        position += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return bytes.AsMemory(position);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return bytes.AsSpan(position);
    }

    /// <summary>Makes it empty again, to be filled anew without new room. Only after it was appended.</summary>
    internal void Clear()
    {
        ends.Clear();
        start = 0;
        position = SegmentFormat.FrameBytes;
    }

    /// <summary>Adds the records of another batch behind its own.</summary>
    internal void Add(JournalBatch other)
    {
        var at = start;
        Reserve(other.start);
        other.bytes.AsSpan(0, other.start).CopyTo(bytes.AsSpan(at));
        foreach (var end in other.ends) ends.Add(at + end);
        start = at + other.start;
        position = start + SegmentFormat.FrameBytes;
    }

    internal void Seal(long firstSequence, bool startsGroup)
    {
        var from = 0;
        var sequence = firstSequence;
        foreach (var end in ends)
        {
            SegmentFormat.Seal(bytes.AsSpan(from, end - from), sequence, startsGroup && from == 0);
            from = end;
            sequence++;
        }
    }

    internal void AddTo(Segment segment)
    {
        var from = 0;
        foreach (var end in ends)
        {
            segment.Add(end - from);
            from = end;
        }
    }

    private void Reserve(int sizeHint)
    {
        var needed = position + Math.Max(sizeHint, 256);
        if (needed > bytes.Length) Array.Resize(ref bytes, Math.Max(needed, checked(bytes.Length * 2)));
    }
}
