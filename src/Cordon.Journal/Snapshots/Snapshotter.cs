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
    private long savedAt;
    private TimeSpan pause;

    /// <summary>The last that was tried; null where there was none.</summary>
    public SnapshotTaken? Taken => Volatile.Read(ref taken);

    /// <summary>Says from which snapshot the engine began.</summary>
    public void BeganAt(long sequence) => at = kept = sequence;

    /// <summary>Notes what was judged, and takes a snapshot where one is due. Called by the thread that judges, under the engine's lock.</summary>
    public void Passed(ScreeningEngine engine, long judged)
    {
        bytes += judged;
        if (engine.Sequence - at < options.SnapshotRecords && bytes < options.SnapshotBytes) return;
        if (!writing.IsCompleted || options.Time.GetElapsedTime(savedAt) < pause * options.SnapshotRest) return;
        if (Save(engine) is not { } saved) return;
        writing = Task.Factory.StartNew(() => Write(saved), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Waits for the one that is being written, and takes a last one where the engine has gone on since.</summary>
    public async Task CloseAsync(ScreeningEngine engine)
    {
        await writing;
        if (engine.Sequence != Volatile.Read(ref kept) && Save(engine) is { } saved) Write(saved);
    }

    private Saved? Save(ScreeningEngine engine)
    {
        var start = options.Time.GetTimestamp();
        var content = new SnapshotBuffer();
        (at, bytes) = (engine.Sequence, 0);
        try
        {
            state.Save(engine, content);
            (savedAt, pause) = (options.Time.GetTimestamp(), options.Time.GetElapsedTime(start));
            return new Saved(content, at, pause);
        }
        catch (Exception cause)
        {
            // A snapshot is a shortcut: without it judging goes on, and the next start reads more.
            content.Dispose();
            Volatile.Write(ref taken, new SnapshotTaken(at, 0, options.Time.GetElapsedTime(start), cause.Message));
            return null;
        }
    }

    private void Write(Saved saved)
    {
        using var content = saved.Content;
        string? fault = null;
        try
        {
            store.Write(new RecoveryStart(saved.Sequence, segments.ChecksumOf(saved.Sequence), segments.EndedBefore(saved.Sequence)), content);
            Volatile.Write(ref kept, saved.Sequence);
        }
        catch (Exception cause)
        {
            fault = cause.Message;
        }
        Volatile.Write(ref taken, new SnapshotTaken(saved.Sequence, content.Length, saved.Pause, fault));
    }

    private sealed record Saved(SnapshotBuffer Content, long Sequence, TimeSpan Pause);
}
