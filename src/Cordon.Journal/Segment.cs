namespace Cordon.Journal;

/// <summary>One segment file as it is known in memory. The owner's lock guards it.</summary>
internal sealed class Segment(string path, long firstSequence)
{
    private const int IndexStride = 64 << 10;

    private readonly List<(long Sequence, long Offset)> index = [(firstSequence, SegmentFormat.HeaderBytes)];

    public string Path { get; } = path;

    public long FirstSequence { get; } = firstSequence;

    public long LastSequence { get; private set; } = firstSequence - 1;

    public long Length { get; private set; } = SegmentFormat.HeaderBytes;

    public bool IsEmpty => LastSequence < FirstSequence;

    /// <summary>A segment that a snapshot vouches for and nobody has read yet: its places are found when it is.</summary>
    public static Segment Unread(string path, long firstSequence, long lastSequence, long length) =>
        new(path, firstSequence) { LastSequence = lastSequence, Length = length };

    /// <summary>Adds a record that lies at the end.</summary>
    public void Add(int frame)
    {
        LastSequence++;
        Pass(LastSequence, Length);
        Length += frame;
    }

    /// <summary>Keeps about one place in 64 KiB as one to start reading from.</summary>
    public void Pass(long sequence, long offset)
    {
        if (offset - index[^1].Offset >= IndexStride) index.Add((sequence, offset));
    }

    /// <summary>The nearest known record at or before a sequence.</summary>
    public (long Sequence, long Offset) Before(long sequence)
    {
        int low = 0, high = index.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (index[middle].Sequence <= sequence) low = middle;
            else high = middle - 1;
        }
        return index[low];
    }
}
