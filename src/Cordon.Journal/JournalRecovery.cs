using System.Globalization;

namespace Cordon.Journal;

/// <summary>Takes one record of a journal. The payload is valid during the call only.</summary>
/// <param name="sequence">Its sequence.</param>
/// <param name="payload">Its payload.</param>
/// <returns>Null, or what is wrong with the payload: then the journal is refused as damaged there.</returns>
public delegate string? JournalVisitor(long sequence, ReadOnlySpan<byte> payload);

/// <summary>Where reading a journal begins: behind what a snapshot holds.</summary>
/// <param name="Sequence">The last record that the snapshot holds; 0 where there is none.</param>
/// <param name="Checksum">The checksum before that record, which tells this journal from another.</param>
/// <param name="Ended">The segments that lie wholly before it and are not read.</param>
internal sealed record RecoveryStart(long Sequence, uint Checksum, IReadOnlyList<EndedSegment> Ended)
{
    public static RecoveryStart Beginning { get; } = new(0, 0, []);
}

/// <summary>A snapshot is not of this journal.</summary>
internal sealed class ForeignSnapshotException(string reason) : Exception(reason);

/// <summary>Reads the segments of a folder from a snapshot on, hands on each record, and tells a torn end from damage.</summary>
internal sealed class JournalRecovery(string folder, long marked, RecoveryStart start, JournalVisitor? visit, IProgress<JournalProgress>? progress)
{
    private const int ProgressStride = 65_536;

    private long records;
    private long earlierBytes;
    private long totalBytes;

    public List<Segment> Segments { get; } = [];

    public long LastSequence { get; private set; }

    /// <summary>Bytes behind the last whole record of the last segment, to be cut off before anything is appended.</summary>
    public long TornBytes { get; private set; }

    /// <summary>Whether the last segment's creation was itself cut short, so that its header is to be written again.</summary>
    public bool TornHeader { get; private set; }

    public void Run()
    {
        var files = Files();
        Skip(files);
        totalBytes = files.Skip(Segments.Count).Sum(file => file.Length);
        for (var i = Segments.Count; i < files.Count; i++)
        {
            if (files[i].First != LastSequence + 1)
                throw new JournalCorruptException(files[i].Path, 0, $"Record {LastSequence + 1} should start a segment here or before; a file is missing.");
            Scan(files[i].Path, isLast: i == files.Count - 1);
            earlierBytes += files[i].Length;
        }
        AssertHas(marked, $"all up to {marked} were acknowledged");
        AssertHas(start.Sequence, $"a snapshot holds all up to {start.Sequence}. If that snapshot is another journal's, take it out of the folder");
        progress?.Report(new JournalProgress(records, totalBytes, totalBytes));
    }

    public RecoveryReport Report() =>
        new(records, Segments.Count, LastSequence, TornBytes > 0 ? Segments[^1].Path : null, TornBytes) { SnapshotSequence = start.Sequence };

    private void AssertHas(long sequence, string why)
    {
        if (LastSequence >= sequence) return;
        var (file, offset) = Segments.Count > 0 ? (Segments[^1].Path, Segments[^1].Length) : (folder, 0);
        throw new JournalCorruptException(file, offset, $"Record {LastSequence + 1} is missing or broken, but {why}.");
    }

    private List<(string Path, long First, long Length)> Files()
    {
        var files = new List<(string Path, long First, long Length)>();
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*.log"))
        {
            var name = Path.GetFileNameWithoutExtension(file.Name);
            if (name.Length == 20 && long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var first))
                files.Add((file.FullName, first, file.Length));
        }
        files.Sort((left, right) => left.First.CompareTo(right.First));
        return files;
    }

    /// <summary>Takes the segments that the snapshot vouches for as they are, unread; they must be there, each with its length.</summary>
    private void Skip(List<(string Path, long First, long Length)> files)
    {
        for (var i = 0; i < start.Ended.Count; i++)
        {
            var (first, length) = start.Ended[i];
            if (i + 1 >= files.Count || files[i].First != first || files[i].Length != length)
                throw new ForeignSnapshotException($"It names a segment that begins with record {first} and has {length} bytes; there is none such.");
            Segments.Add(Segment.Unread(files[i].Path, first, files[i + 1].First - 1, length));
            LastSequence = files[i + 1].First - 1;
        }
    }

    private void Scan(string path, bool isLast)
    {
        var segment = new Segment(path, LastSequence + 1);
        Segments.Add(segment);
        using var reader = new SegmentReader(path, 0, SegmentReader.LargeWindow);
        if (!reader.ReadHeader(segment.FirstSequence))
        {
            // A header is durable before the first record is written, so only a file that has no more than one can be a torn creation.
            if (!isLast || reader.FileLength > SegmentFormat.HeaderBytes)
                throw new JournalCorruptException(path, 0, $"The header is not that of format 1, first sequence {segment.FirstSequence}.");
            TornHeader = true;
            TornBytes = reader.FileLength;
            return;
        }
        while (!reader.AtEnd)
        {
            var offset = reader.Offset;
            var frame = reader.Next(LastSequence + 1);
            if (frame.IsEmpty)
            {
                Break(reader, path, isLast);
                return;
            }
            segment.Add(frame.Length);
            LastSequence++;
            if (LastSequence <= start.Sequence) Compare(frame);
            else if (visit?.Invoke(LastSequence, frame[SegmentFormat.FrameBytes..]) is { } fault) throw new JournalCorruptException(path, offset, $"Record {LastSequence} is whole but cannot be read: {fault}");
            else records++;
            if (LastSequence % ProgressStride == 0) progress?.Report(new JournalProgress(records, earlierBytes + reader.Offset, totalBytes));
        }
    }

    private void Compare(ReadOnlySpan<byte> frame)
    {
        if (LastSequence == start.Sequence && SegmentFormat.ChecksumOf(frame) != start.Checksum)
            throw new ForeignSnapshotException($"Record {LastSequence} of this journal is another than the one it was taken at.");
    }

    private void Break(SegmentReader reader, string path, bool isLast)
    {
        var broken = LastSequence + 1;
        if (!isLast) throw new JournalCorruptException(path, reader.Offset, $"Record {broken} is broken, and a later segment follows.");
        if (reader.FindLaterGroup(broken) is { } later)
            throw new JournalCorruptException(path, reader.Offset, $"Record {broken} is broken, but a later group begins whole at byte {later}.");
        TornBytes = reader.FileLength - reader.Offset;
    }
}
