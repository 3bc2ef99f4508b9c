using System.Globalization;

namespace Cordon.Journal;

/// <summary>Takes one record while a journal is opened. The payload is valid during the call only.</summary>
/// <param name="sequence">Its sequence.</param>
/// <param name="payload">Its payload.</param>
/// <returns>Null, or what is wrong with the payload: then the journal is refused as damaged there.</returns>
public delegate string? JournalVisitor(long sequence, ReadOnlySpan<byte> payload);

/// <summary>Reads all segments of a folder, hands on each record, and tells a torn end from damage.</summary>
internal sealed class JournalRecovery(string folder, long marked, JournalVisitor? visit, IProgress<JournalProgress>? progress)
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
        totalBytes = files.Sum(file => file.Length);
        for (var i = 0; i < files.Count; i++)
        {
            if (files[i].First != LastSequence + 1)
                throw new JournalCorruptException(files[i].Path, 0, $"Record {LastSequence + 1} should start a segment here or before; a file is missing.");
            Scan(files[i].Path, isLast: i == files.Count - 1);
            earlierBytes += files[i].Length;
        }
        if (LastSequence < marked)
        {
            var (file, offset) = Segments.Count > 0 ? (Segments[^1].Path, Segments[^1].Length) : (folder, 0);
            throw new JournalCorruptException(file, offset, $"Record {LastSequence + 1} is missing or broken, but all up to {marked} were acknowledged.");
        }
        progress?.Report(new JournalProgress(records, totalBytes, totalBytes));
    }

    public RecoveryReport Report() =>
        new(records, Segments.Count, LastSequence, TornBytes > 0 ? Segments[^1].Path : null, TornBytes);

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

    private void Scan(string path, bool isLast)
    {
        var segment = new Segment(path, LastSequence + 1);
        Segments.Add(segment);
        using var reader = new SegmentReader(path, 0);
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
            records++;
            if (visit?.Invoke(LastSequence, frame[SegmentFormat.FrameBytes..]) is { } fault) throw new JournalCorruptException(path, offset, $"Record {LastSequence} is whole but cannot be read: {fault}");
            if (records % ProgressStride == 0) progress?.Report(new JournalProgress(records, earlierBytes + reader.Offset, totalBytes));
        }
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
