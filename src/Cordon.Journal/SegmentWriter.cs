using Cordon.Engine.Signals;
using Microsoft.Win32.SafeHandles;

namespace Cordon.Journal;

/// <summary>
/// Writes groups into the last segment of a folder and flushes each. One thread may use it; its state and its segments may be read by any.
/// When a write fails it takes nothing, looks again by the clock, and goes on by itself.
/// </summary>
internal sealed class SegmentWriter : IDisposable
{
    private readonly string folder;
    private readonly JournalOptions options;
    private readonly DurableMark mark;
    private readonly ITimer timer;
    private SafeFileHandle file;
    private JournalHealth health = JournalHealth.Working;
    private JournalFailedException? failure;
    private Action wake = () => { };
    private long durable;
    private long flushes;
    private volatile bool probeDue;
    // After a failed flush the system may hold what the disk does not, and say no second time that it failed.
    private bool suspect;

    private SegmentWriter(string folder, JournalOptions options, DurableMark mark, JournalRecovery found)
    {
        this.folder = folder;
        this.options = options;
        this.mark = mark;
        Segments = new SegmentList(found.Segments);
        durable = found.LastSequence;
        file = Mend(found);
        mark.Write(durable);
        timer = options.Time.CreateTimer(_ => Due(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public SegmentList Segments { get; }

    /// <summary>The last record that is durable; 0 where there is none.</summary>
    public long DurableSequence => Volatile.Read(ref durable);

    public JournalHealth Health => Volatile.Read(ref health);

    /// <summary>Why nothing is taken until the folder is opened again.</summary>
    public JournalFailedException? Failure => Volatile.Read(ref failure);

    public long Flushes => Volatile.Read(ref flushes);

    /// <summary>Opens a folder, creating what is missing, and reads it from a snapshot on.</summary>
    public static SegmentWriter Open(
        string folder, JournalOptions options, RecoveryStart start, JournalVisitor? visit, IProgress<JournalProgress>? progress, out RecoveryReport report)
    {
        folder = Path.GetFullPath(folder);
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            if (Path.GetDirectoryName(folder) is { } parent) FolderFlush.Flush(parent);
        }
        var mark = DurableMark.Open(folder, out var marked);
        try
        {
            var recovery = new JournalRecovery(folder, marked, start, visit, progress);
            recovery.Run();
            report = recovery.Report();
            return new SegmentWriter(folder, options, mark, recovery);
        }
        catch
        {
            mark.Dispose();
            throw;
        }
    }

    /// <summary>Says whom to wake when it is time to call <see cref="ProbeIfDue"/>.</summary>
    public void WakeBy(Action waker) => Volatile.Write(ref wake, waker);

    /// <summary>What to answer who brings work; null while it is taken.</summary>
    public JournalFailedException? Refusal()
    {
        var now = Health;
        if (now.State == JournalState.Working) return null;
        return Failure ?? new JournalPausedException(now, options.ProbeEvery);
    }

    /// <summary>Writes a batch as one group and returns when it is durable.</summary>
    /// <returns>The sequence of its first record.</returns>
    /// <exception cref="JournalFailedException">It is not acknowledged: now and until the state is working again.</exception>
    public long Write(JournalBatch batch)
    {
        if (Refusal() is { } refusal) throw refusal;
        var step = JournalStep.Roll;
        var first = durable + 1;
        try
        {
            if (Segments.Last.Length >= options.SegmentBytes) Roll();
            batch.Seal(first, startsGroup: true);
            options.BeforeStep?.Invoke(step = JournalStep.Write);
            RandomAccess.Write(file, batch.Written.Span, Segments.Last.Length);
            options.BeforeStep?.Invoke(step = JournalStep.Flush);
            RandomAccess.FlushToDisk(file);
        }
        catch (Exception cause)
        {
            throw Pause(cause, step);
        }
        Segments.Grow(batch);
        Mark(first + batch.Count - 1);
        return first;
    }

    /// <summary>Looks whether a journal that could not write can again, where the clock says that it is time.</summary>
    public void ProbeIfDue()
    {
        if (!probeDue) return;
        probeDue = false;
        if (Health.State is not (JournalState.Full or JournalState.Faulty)) return;
        try
        {
            options.BeforeStep?.Invoke(JournalStep.Probe);
            if (suspect) Renew();
            else RandomAccess.SetLength(file, Segments.Last.Length);
            mark.Write(durable);
            ProveSpace();
            suspect = false;
            Tell(JournalHealth.Working);
        }
        catch (Exception cause)
        {
            suspect |= DiskFault.StateAfter(cause) == JournalState.Faulty;
            Halt(cause);
        }
    }

    /// <summary>Takes nothing more until the folder is opened again.</summary>
    public JournalFailedException Stop(Exception cause)
    {
        var failed = cause as JournalFailedException ?? new JournalFailedException(cause);
        Volatile.Write(ref failure, failed);
        Tell(new JournalHealth(JournalState.Stopped, cause.Message, Instant.From(options.Time.GetUtcNow())));
        return failed;
    }

    public void Dispose()
    {
        timer.Dispose();
        file.Dispose();
        mark.Dispose();
    }

    /// <summary>
    /// The group is durable whether or not the mark says so: an old mark claims too little and harms nothing,
    /// so the group is acknowledged and only the next one waits until the mark can be written.
    /// </summary>
    private void Mark(long last)
    {
        try
        {
            options.BeforeStep?.Invoke(JournalStep.Mark);
            mark.Write(last);
        }
        catch (Exception cause)
        {
            Halt(cause);
        }
        Volatile.Write(ref flushes, flushes + 1);
        Volatile.Write(ref durable, last);
    }

    private JournalFailedException Pause(Exception cause, JournalStep step)
    {
        suspect |= step == JournalStep.Flush || DiskFault.StateAfter(cause) == JournalState.Faulty;
        Halt(cause);
        if (Failure is { } stopped) return stopped;
        try
        {
            // What was half written is given back at once: it may be all the space there is.
            if (!suspect) RandomAccess.SetLength(file, Segments.Last.Length);
        }
        catch (IOException again)
        {
            suspect = true;
            Halt(again);
        }
        return Refusal()!;
    }

    private void Halt(Exception cause)
    {
        var state = DiskFault.StateAfter(cause);
        if (state == JournalState.Stopped)
        {
            Stop(cause);
            return;
        }
        Tell(new JournalHealth(state, cause.Message, Health.Since ?? Instant.From(options.Time.GetUtcNow())));
        timer.Change(options.ProbeEvery, Timeout.InfiniteTimeSpan);
    }

    private void Tell(JournalHealth now)
    {
        var before = Health;
        Volatile.Write(ref health, now);
        if (before.State != now.State) options.OnHealth?.Invoke(now);
    }

    private void Due()
    {
        probeDue = true;
        Volatile.Read(ref wake)();
    }

    /// <summary>
    /// After a failed flush: what the system remembers of the file is dropped, the end of what was acknowledged is read from the disk
    /// and verified, what was not is cut off, and a new file takes what comes.
    /// </summary>
    private void Renew()
    {
        file.Dispose();
        var last = Segments.Last;
        if (last.IsEmpty)
        {
            File.Delete(last.Path);
            file = Create(last.FirstSequence);
            Segments.ReplaceLast(new Segment(last.Path, last.FirstSequence));
            return;
        }
        file = File.OpenHandle(last.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        PageCache.Drop(file);
        Verify(last);
        RandomAccess.SetLength(file, last.Length);
        RandomAccess.FlushToDisk(file);
        Roll();
    }

    private void Verify(Segment last)
    {
        var start = last.Before(Math.Max(last.FirstSequence, durable - (options.GroupBytes / SegmentFormat.FrameBytes)));
        using var reader = new SegmentReader(last.Path, start.Offset, SegmentReader.LargeWindow);
        for (var sequence = start.Sequence; sequence <= last.LastSequence; sequence++)
        {
            var offset = reader.Offset;
            if (reader.Next(sequence).IsEmpty) throw new JournalCorruptException(last.Path, offset, $"Record {sequence} was acknowledged and is broken after a failed flush.");
        }
    }

    private void ProveSpace()
    {
        var end = Segments.Last.Length;
        try
        {
            RandomAccess.Write(file, new byte[options.ProbeBytes], end);
            RandomAccess.FlushToDisk(file);
        }
        finally
        {
            RandomAccess.SetLength(file, end);
        }
        RandomAccess.FlushToDisk(file);
    }

    /// <summary>Cuts off a torn end, makes durable what was found, and opens the last segment for writing.</summary>
    private SafeFileHandle Mend(JournalRecovery found)
    {
        if (found.Segments.Count == 0) return Begin(durable + 1);
        var last = found.Segments[^1];
        var opened = File.OpenHandle(last.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            if (found.TornHeader) RandomAccess.Write(opened, SegmentFormat.Header(last.FirstSequence), 0);
            if (found.TornBytes > 0) RandomAccess.SetLength(opened, last.Length);
            // A group may have been written whole but killed before its flush.
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

    private void Roll()
    {
        options.BeforeStep?.Invoke(JournalStep.Roll);
        var full = file;
        file = Begin(durable + 1);
        full.Dispose();
    }

    private SafeFileHandle Begin(long firstSequence)
    {
        var created = Create(firstSequence);
        Segments.Add(new Segment(PathOf(firstSequence), firstSequence));
        return created;
    }

    private string PathOf(long firstSequence) => Path.Combine(folder, SegmentFormat.FileName(firstSequence));

    private SafeFileHandle Create(long firstSequence)
    {
        var created = File.OpenHandle(PathOf(firstSequence), FileMode.Create, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            RandomAccess.Write(created, SegmentFormat.Header(firstSequence), 0);
            RandomAccess.FlushToDisk(created);
            FolderFlush.Flush(folder);
            return created;
        }
        catch
        {
            created.Dispose();
            throw;
        }
    }
}
