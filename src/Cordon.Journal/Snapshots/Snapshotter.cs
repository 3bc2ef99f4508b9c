using Cordon.Engine.Screening;

namespace Cordon.Journal.Snapshots;

/// <summary>
/// Takes snapshots of an engine as it goes. The engine is written into memory while judging waits; the rest, checksums and disk,
/// is done beside. One is taken at a time; one that cannot be kept is tried again when the next is due.
/// </summary>
internal sealed class Snapshotter(SnapshotStore store, EngineState state, SegmentList segments, JournalOptions options)
{
    private Task writing = Task.CompletedTask;
    private SnapshotTaken? taken;
    private long at;
    private long kept;
    private long bytes;

    /// <summary>The last that was tried; null where there was none.</summary>
    public SnapshotTaken? Taken => Volatile.Read(ref taken);

    /// <summary>Says from which snapshot the engine began.</summary>
    public void BeganAt(long sequence) => at = kept = sequence;

    /// <summary>Notes what was judged, and takes a snapshot where one is due. Called by the thread that judges, under the engine's lock.</summary>
    public void Passed(ScreeningEngine engine, long judged)
    {
        bytes += judged;
        if (engine.Sequence - at < options.SnapshotRecords && bytes < options.SnapshotBytes) return;
        if (!writing.IsCompleted) return;
        var (content, sequence, pause) = Save(engine);
        writing = Task.Factory.StartNew(() => Write(content, sequence, pause), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Waits for the one that is being written, and takes a last one where the engine has gone on since.</summary>
    public async Task CloseAsync(ScreeningEngine engine)
    {
        await writing;
        if (engine.Sequence == Volatile.Read(ref kept)) return;
        var (content, sequence, pause) = Save(engine);
        Write(content, sequence, pause);
    }

    private (SnapshotBuffer Content, long Sequence, TimeSpan Pause) Save(ScreeningEngine engine)
    {
        var start = options.Time.GetTimestamp();
        var content = new SnapshotBuffer();
        state.Save(engine, content);
        (at, bytes) = (engine.Sequence, 0);
        return (content, at, options.Time.GetElapsedTime(start));
    }

    private void Write(SnapshotBuffer content, long sequence, TimeSpan pause)
    {
        using var _ = content;
        string? fault = null;
        try
        {
            store.Write(new RecoveryStart(sequence, segments.ChecksumOf(sequence), segments.EndedBefore(sequence)), content);
            Volatile.Write(ref kept, sequence);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            fault = cause.Message;
        }
        Volatile.Write(ref taken, new SnapshotTaken(sequence, content.Length, pause, fault));
    }
}
