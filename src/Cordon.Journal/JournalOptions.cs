using Cordon.Engine.Screening;

namespace Cordon.Journal;

/// <summary>How a journal is kept.</summary>
public sealed record JournalOptions
{
    /// <summary>The usual way.</summary>
    public static JournalOptions Default { get; } = new();

    /// <summary>A segment file that has reached so many bytes is followed by a new one. 4 KiB to 1 GiB.</summary>
    public long SegmentBytes { get; init; } = 256L << 20;

    /// <summary>Batches are written together until they have so many bytes; one flush serves them all. 4 KiB to 256 MiB.</summary>
    public int GroupBytes { get; init; } = 8 << 20;

    /// <summary>So many batches may wait; further callers wait for a place. 1 to 65,536.</summary>
    public int WaitingBatches { get; init; } = 1_024;

    /// <summary>A batch submitted to an engine may have so many records. 1 to 1,000,000.</summary>
    public int BatchRecords { get; init; } = 50_000;

    /// <summary>A snapshot of the engine is taken after so many records. 1,000 to 1,000,000,000.</summary>
    public long SnapshotRecords { get; init; } = 2_000_000;

    /// <summary>A snapshot of the engine is taken after so many bytes of records, where that comes first. 64 KiB to 1 TiB.</summary>
    public long SnapshotBytes { get; init; } = 256L << 20;

    /// <summary>
    /// How the engine is laid out. Half the processors judge, so that the others read requests and write the journal; snapshots are
    /// only read by an engine of as many partitions.
    /// </summary>
    public EngineLayout Layout { get; init; } = new(8, Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>
    /// After a snapshot judging goes on for at least so many times as long as it had to wait for it, so that snapshots of a large state do
    /// not follow each other too closely. 0 to 1,000.
    /// </summary>
    public int SnapshotRest { get; init; } = 19;

    /// <summary>Whether snapshots are written. Those that are there are used either way.</summary>
    public bool TakesSnapshots { get; init; } = true;

    /// <summary>How often a journal that cannot write looks whether it can again. 10 ms to 10 minutes.</summary>
    public TimeSpan ProbeEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Such a journal goes on once so many bytes could be written and flushed. 4 KiB to 256 MiB.</summary>
    public int ProbeBytes { get; init; } = 1 << 20;

    /// <summary>The clock of those looks, and of the times told.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Told on the writer's thread when the journal's state changes; it must be quick and must not throw.</summary>
    public Action<JournalHealth>? OnHealth { get; init; }

    /// <summary>Called before each step on the thread that takes it, so that tests can hold it, make it fail or end the process there.</summary>
    internal Action<JournalStep>? BeforeStep { get; init; }

    internal void Validate()
    {
        InRange(SegmentBytes, 4 << 10, 1 << 30, nameof(SegmentBytes));
        InRange(GroupBytes, 4 << 10, 256 << 20, nameof(GroupBytes));
        InRange(WaitingBatches, 1, 65_536, nameof(WaitingBatches));
        InRange(BatchRecords, 1, 1_000_000, nameof(BatchRecords));
        InRange(SnapshotRecords, 1_000, 1_000_000_000, nameof(SnapshotRecords));
        InRange(SnapshotRest, 0, 1_000, nameof(SnapshotRest));
        InRange(SnapshotBytes, 64 << 10, 1L << 40, nameof(SnapshotBytes));
        InRange((long)ProbeEvery.TotalMilliseconds, 10, 600_000, nameof(ProbeEvery));
        InRange(ProbeBytes, 4 << 10, 256 << 20, nameof(ProbeBytes));
    }

    private static void InRange(long value, long least, long most, string name)
    {
        if (value < least || value > most) throw new ArgumentOutOfRangeException(name, value, $"{name} is {least} to {most}.");
    }
}

/// <summary>What is about to be done.</summary>
internal enum JournalStep
{
    /// <summary>Begin a new segment.</summary>
    Roll,

    /// <summary>Write a group into the segment.</summary>
    Write,

    /// <summary>Flush the segment.</summary>
    Flush,

    /// <summary>Write down how far the journal is durable.</summary>
    Mark,

    /// <summary>Step the engine through a group that is durable.</summary>
    Judge,

    /// <summary>Look whether a journal that could not write can again.</summary>
    Probe,

    /// <summary>Write a snapshot into a temporary file.</summary>
    SnapshotWrite,

    /// <summary>Flush that file.</summary>
    SnapshotFlush,

    /// <summary>Give it its name.</summary>
    SnapshotRename,

    /// <summary>Flush the folder.</summary>
    SnapshotFolder,

    /// <summary>Delete the snapshots that are too old.</summary>
    SnapshotPrune,
}
