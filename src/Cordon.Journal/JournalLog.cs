using System.Threading.Channels;
using Microsoft.Win32.SafeHandles;

namespace Cordon.Journal;

/// <summary>One record of a journal.</summary>
/// <param name="Sequence">Its place, from 1, without gaps.</param>
/// <param name="Payload">Its bytes.</param>
public readonly record struct JournalEntry(long Sequence, ReadOnlyMemory<byte> Payload);

/// <summary>
/// An append-only log of records in segment files of one folder. What was acknowledged was flushed to the disk.
/// A thread of its own writes; all that waits when it comes round is one group and shares one flush.
/// One process at a time may open a folder; to see to that is the caller's business.
/// </summary>
public sealed class JournalLog : IAsyncDisposable
{
    private readonly string folder;
    private readonly JournalOptions options;
    private readonly DurableMark mark;
    private readonly Lock gate = new();
    private readonly List<Segment> segments;
    private readonly Channel<Append> waiting;
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SafeFileHandle file;
    private long durable;
    private long flushes;
    private JournalFailedException? failure;

    private JournalLog(string folder, JournalOptions options, DurableMark mark, JournalRecovery found)
    {
        this.folder = folder;
        this.options = options;
        this.mark = mark;
        segments = found.Segments;
        durable = found.LastSequence;
        file = Mend(found);
        mark.Write(durable);
        waiting = Channel.CreateBounded<Append>(new BoundedChannelOptions(options.WaitingBatches) { SingleReader = true });
        new Thread(WriteLoop) { Name = "journal writer", IsBackground = true }.Start();
    }

    /// <summary>The last record that is durable; 0 where there is none.</summary>
    public long DurableSequence => Volatile.Read(ref durable);

    /// <summary>Why the journal takes nothing more; null while it works.</summary>
    public JournalFailedException? Failure => Volatile.Read(ref failure);

    /// <summary>How many groups were flushed since opening.</summary>
    public long Flushes => Volatile.Read(ref flushes);

    /// <summary>Opens the journal of a folder, creating what is missing, and reads all that it holds.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="options">How it is kept.</param>
    /// <param name="visit">Takes each record in order; null where nobody wants them.</param>
    /// <param name="progress">Told now and then.</param>
    /// <param name="report">What was found, a torn end that was cut off among it.</param>
    /// <exception cref="JournalCorruptException">Acknowledged records are damaged; nothing was changed.</exception>
    public static JournalLog Open(string folder, JournalOptions options, JournalVisitor? visit, IProgress<JournalProgress>? progress, out RecoveryReport report)
    {
        options.Validate();
        folder = Path.GetFullPath(folder);
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            if (Path.GetDirectoryName(folder) is { } parent) FolderFlush.Flush(parent);
        }
        var mark = DurableMark.Open(folder, out var marked);
        try
        {
            var recovery = new JournalRecovery(folder, marked, visit, progress);
            recovery.Run();
            report = recovery.Report();
            return new JournalLog(folder, options, mark, recovery);
        }
        catch
        {
            mark.Dispose();
            throw;
        }
    }

    /// <summary>Appends payloads together and waits until they are durable.</summary>
    /// <returns>The sequence of the first; the others follow without gaps.</returns>
    /// <exception cref="JournalFailedException">The journal could not be written, now or before.</exception>
    public Task<long> AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> payloads, CancellationToken cancel = default)
    {
        var batch = new JournalBatch();
        foreach (var payload in payloads) batch.Add(payload.Span);
        return AppendAsync(batch, cancel);
    }

    /// <summary>Appends a batch, which must not be touched afterwards, and waits until it is durable.</summary>
    /// <param name="batch">At least one record.</param>
    /// <param name="cancel">Gives up waiting for a place in the queue; what has one is written.</param>
    /// <returns>The sequence of the first record; the others follow without gaps.</returns>
    /// <exception cref="JournalFailedException">The journal could not be written, now or before.</exception>
    public async Task<long> AppendAsync(JournalBatch batch, CancellationToken cancel = default)
    {
        if (batch.Count == 0) throw new ArgumentException("A batch has at least one record.", nameof(batch));
        var append = new Append(batch);
        try
        {
            await waiting.Writer.WriteAsync(append, cancel);
        }
        catch (ChannelClosedException)
        {
            throw (Exception?)Failure ?? new ObjectDisposedException(nameof(JournalLog));
        }
        return await append.Done.Task;
    }

    /// <summary>Reads durable records after a sequence. Any number may read while one writes.</summary>
    /// <param name="after">0 for the first.</param>
    /// <param name="max">At most so many.</param>
    /// <exception cref="JournalCorruptException">A record that was durable is broken.</exception>
    public IReadOnlyList<JournalEntry> Read(long after, int max)
    {
        var entries = new List<JournalEntry>();
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        var last = Math.Min(DurableSequence, after > long.MaxValue - max ? long.MaxValue : after + max);
        while (after < last) after = ReadSegment(after, last, entries);
        return entries;
    }

    /// <summary>Writes what waits, then closes the files.</summary>
    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await ended.Task;
        file.Dispose();
        mark.Dispose();
    }

    private long ReadSegment(long after, long last, List<JournalEntry> entries)
    {
        string path;
        (long Sequence, long Offset) start;
        lock (gate)
        {
            var segment = segments.FindLast(candidate => candidate.FirstSequence <= after + 1)!;
            path = segment.Path;
            start = segment.Before(after + 1);
            last = Math.Min(last, segment.LastSequence);
        }
        using var reader = new SegmentReader(path, start.Offset);
        for (var sequence = start.Sequence; sequence <= last; sequence++)
        {
            var offset = reader.Offset;
            var frame = reader.Next(sequence);
            if (frame.IsEmpty) throw new JournalCorruptException(path, offset, $"Record {sequence} was whole before and is broken now.");
            if (sequence > after) entries.Add(new JournalEntry(sequence, frame[SegmentFormat.FrameBytes..].ToArray()));
        }
        return last;
    }

    /// <summary>Cuts off a torn end, makes durable what was found, and opens the last segment for writing.</summary>
    private SafeFileHandle Mend(JournalRecovery found)
    {
        if (segments.Count == 0) return Create(durable + 1);
        if (found.TornHeader)
        {
            segments.RemoveAt(segments.Count - 1);
            return Create(durable + 1);
        }
        var opened = File.OpenHandle(segments[^1].Path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            if (found.TornBytes > 0) RandomAccess.SetLength(opened, segments[^1].Length);
            // A process may have died between writing and flushing: what is whole is taken as written, so it has to be durable too.
            RandomAccess.FlushToDisk(opened);
            FolderFlush.Flush(folder);
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    private SafeFileHandle Create(long firstSequence)
    {
        var segment = new Segment(Path.Combine(folder, SegmentFormat.FileName(firstSequence)), firstSequence);
        var created = File.OpenHandle(segment.Path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            RandomAccess.Write(created, SegmentFormat.Header(firstSequence), 0);
            RandomAccess.FlushToDisk(created);
            FolderFlush.Flush(folder);
        }
        catch
        {
            created.Dispose();
            throw;
        }
        lock (gate) segments.Add(segment);
        return created;
    }

    private void WriteLoop()
    {
        var group = new List<Append>();
        try
        {
            while (Take(group))
            {
                WriteGroup(group);
                group.Clear();
            }
            RandomAccess.FlushToDisk(file);
        }
        catch (Exception cause)
        {
            Fail(group, cause);
        }
        ended.SetResult();
    }

    /// <summary>Waits for a batch and takes with it all others that wait, up to the size of a group.</summary>
    private bool Take(List<Append> group)
    {
        var bytes = 0L;
        while (bytes < options.GroupBytes && waiting.Reader.TryRead(out var next))
        {
            group.Add(next);
            bytes += next.Batch.Bytes;
        }
        if (group.Count > 0) return true;
        return waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult() && Take(group);
    }

    private void WriteGroup(List<Append> group)
    {
        if (segments[^1].Length >= options.SegmentBytes) Roll();
        var segment = segments[^1];
        var sequence = durable + 1;
        var buffers = new List<ReadOnlyMemory<byte>>(group.Count);
        foreach (var append in group)
        {
            append.First = sequence;
            append.Batch.Seal(sequence, startsGroup: sequence == durable + 1);
            buffers.Add(append.Batch.Written);
            sequence += append.Batch.Count;
        }
        options.BeforeStep?.Invoke(JournalStep.Write);
        RandomAccess.Write(file, buffers, segment.Length);
        options.BeforeStep?.Invoke(JournalStep.Flush);
        RandomAccess.FlushToDisk(file);
        lock (gate)
        {
            foreach (var append in group) append.Batch.AddTo(segment);
        }
        options.BeforeStep?.Invoke(JournalStep.Mark);
        mark.Write(sequence - 1);
        Volatile.Write(ref flushes, flushes + 1);
        Volatile.Write(ref durable, sequence - 1);
        foreach (var append in group) append.Done.SetResult(append.First);
    }

    private void Roll()
    {
        var full = file;
        file = Create(durable + 1);
        full.Dispose();
    }

    private void Fail(List<Append> group, Exception cause)
    {
        var failed = new JournalFailedException(cause);
        Volatile.Write(ref failure, failed);
        waiting.Writer.TryComplete();
        foreach (var append in group) append.Done.TrySetException(failed);
        while (waiting.Reader.TryRead(out var next)) next.Done.TrySetException(failed);
    }

    private sealed class Append(JournalBatch batch)
    {
        public JournalBatch Batch { get; } = batch;

        public TaskCompletionSource<long> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public long First { get; set; }
    }
}
