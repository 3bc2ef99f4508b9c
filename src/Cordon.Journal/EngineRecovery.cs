using System.Buffers;
using Cordon.Engine.Screening;
using Cordon.Journal.Snapshots;

namespace Cordon.Journal;

/// <summary>
/// Makes an engine from a folder: from the newest snapshot that can be used and the records behind it, or else from all records.
/// A snapshot is only ever a shortcut: whatever is wrong with one is reported, and the one before or the journal gives the same engine.
/// </summary>
internal sealed class EngineRecovery(
    string folder, JournalOptions options, Func<ScreeningEngine> newEngine, string rulebookHash, EngineState? state, IProgress<JournalProgress>? progress)
{
    private const int ReplayedTogether = 4_096;

    private readonly List<SnapshotFault> faults = [];

    public SnapshotStore Store { get; } = new(folder, rulebookHash, options.BeforeStep);

    public (ScreeningEngine Engine, SegmentWriter Writer, RecoveryReport Report) Run()
    {
        foreach (var (path, sequence) in state is null ? [] : Store.Files())
        {
            if (FromSnapshot(path, sequence) is { } found) return found;
        }
        return From(newEngine(), RecoveryStart.Beginning);
    }

    private (ScreeningEngine, SegmentWriter, RecoveryReport)? FromSnapshot(string path, long sequence)
    {
        try
        {
            var fault = Store.Read(path, sequence, out var head, out var content);
            var engine = newEngine();
            fault ??= Load(engine, content, sequence);
            if (fault is null) return From(engine, head!.Start);
            faults.Add(new SnapshotFault(path, fault));
        }
        catch (ForeignSnapshotException foreign)
        {
            faults.Add(new SnapshotFault(path, foreign.Message));
        }
        catch (Exception fault) when (fault is UnauthorizedAccessException or FileNotFoundException)
        {
            faults.Add(new SnapshotFault(path, fault.Message));
        }
        return null;
    }

    private string? Load(ScreeningEngine engine, ReadOnlySequence<byte> content, long sequence)
    {
        var reader = new SequenceReader<byte>(content);
        if (state!.Load(engine, ref reader) is { } fault) return fault;
        return engine.Sequence == sequence ? null : $"Its content stands at record {engine.Sequence}.";
    }

    private (ScreeningEngine, SegmentWriter, RecoveryReport) From(ScreeningEngine engine, RecoveryStart start)
    {
        var next = new StepBatch();
        var writer = SegmentWriter.Open(folder, options, start, Replay, progress, out var report);
        try
        {
            Step();
        }
        catch
        {
            writer.Dispose();
            throw;
        }
        return (engine, writer, report with { SnapshotFaults = [.. faults] });

        string? Replay(long sequence, ReadOnlySpan<byte> payload)
        {
            var fault = EngineRecordCodec.Decode(payload, out var record, out var head);
            if (record is null) return $"{fault}. A newer version of the program may have written it.";
            next.Add(record, RecordFingerprint.Of(payload, head));
            if (next.Count == ReplayedTogether) Step();
            return null;
        }

        void Step()
        {
            next.Step(engine);
            next.Clear();
        }
    }
}
