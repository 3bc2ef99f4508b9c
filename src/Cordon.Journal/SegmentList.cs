namespace Cordon.Journal;

/// <summary>A segment that was ended, as a snapshot names it.</summary>
/// <param name="First">The sequence of its first record.</param>
/// <param name="Length">Its bytes.</param>
internal readonly record struct EndedSegment(long First, long Length);

/// <summary>The segments of a folder. One thread adds; any number may read what is durable meanwhile.</summary>
internal sealed class SegmentList(List<Segment> segments)
{
    private const int FewRecords = 500;

    private readonly Lock gate = new();

    public Segment Last
    {
        get
        {
            lock (gate) return segments[^1];
        }
    }

    public void Add(Segment segment)
    {
        lock (gate) segments.Add(segment);
    }

    /// <summary>Puts a new segment in the place of the last, which is empty.</summary>
    public void ReplaceLast(Segment segment)
    {
        lock (gate) segments[^1] = segment;
    }

    /// <summary>Adds records that were made durable to the last segment.</summary>
    public void Grow(JournalBatch batch)
    {
        lock (gate) batch.AddTo(segments[^1]);
    }

    /// <summary>The segments of which all records come before one.</summary>
    public IReadOnlyList<EndedSegment> EndedBefore(long sequence)
    {
        lock (gate) return [.. segments.TakeWhile(s => s.LastSequence < sequence).Select(s => new EndedSegment(s.FirstSequence, s.Length))];
    }

    /// <summary>The checksum that stands before a durable record.</summary>
    public uint ChecksumOf(long sequence)
    {
        var (path, start, _) = Find(sequence, sequence);
        using var reader = new SegmentReader(path, start.Offset, SegmentReader.SmallWindow);
        for (var at = start.Sequence; at < sequence; at++) Whole(reader, path, at);
        return SegmentFormat.ChecksumOf(Whole(reader, path, sequence));
    }

    /// <summary>Hands on the records after one, up to another that is durable.</summary>
    /// <exception cref="JournalCorruptException">A record that was durable is broken.</exception>
    public void Visit(long after, long last, JournalVisitor visit)
    {
        while (after < last) after = VisitSegment(after, last, visit);
    }

    private long VisitSegment(long after, long last, JournalVisitor visit)
    {
        var (path, start, end) = Find(after + 1, last);
        var few = end - start.Sequence < FewRecords;
        using var reader = new SegmentReader(path, start.Offset, few ? SegmentReader.SmallWindow : SegmentReader.LargeWindow);
        for (var sequence = start.Sequence; sequence <= end; sequence++)
        {
            var offset = reader.Offset;
            if (offset - start.Offset >= SegmentReader.LargeWindow) start = Pass(sequence, offset);
            var frame = Whole(reader, path, sequence);
            if (sequence <= after) continue;
            if (visit(sequence, frame[SegmentFormat.FrameBytes..]) is { } fault) throw new JournalCorruptException(path, offset, $"Record {sequence} is whole but cannot be read: {fault}");
        }
        return end;
    }

    // A segment that opening did not read gets its places from its first reader.
    private (long Sequence, long Offset) Pass(long sequence, long offset)
    {
        lock (gate) segments.FindLast(s => s.FirstSequence <= sequence)!.Pass(sequence, offset);
        return (sequence, offset);
    }

    private (string Path, (long Sequence, long Offset) Start, long End) Find(long sequence, long last)
    {
        lock (gate)
        {
            var segment = segments.FindLast(candidate => candidate.FirstSequence <= sequence)!;
            return (segment.Path, segment.Before(sequence), Math.Min(last, segment.LastSequence));
        }
    }

    private static ReadOnlySpan<byte> Whole(SegmentReader reader, string path, long sequence)
    {
        var offset = reader.Offset;
        var frame = reader.Next(sequence);
        return frame.IsEmpty ? throw new JournalCorruptException(path, offset, $"Record {sequence} was whole before and is broken now.") : frame;
    }
}
