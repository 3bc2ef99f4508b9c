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

    /// <summary>Called on the writer's thread before each step, so that tests can hold it or make it fail.</summary>
    internal Action<JournalStep>? BeforeStep { get; init; }

    internal void Validate()
    {
        InRange(SegmentBytes, 4 << 10, 1 << 30, nameof(SegmentBytes));
        InRange(GroupBytes, 4 << 10, 256 << 20, nameof(GroupBytes));
        InRange(WaitingBatches, 1, 65_536, nameof(WaitingBatches));
        InRange(BatchRecords, 1, 1_000_000, nameof(BatchRecords));
    }

    private static void InRange(long value, long least, long most, string name)
    {
        if (value < least || value > most) throw new ArgumentOutOfRangeException(name, value, $"{name} is {least} to {most}.");
    }
}

/// <summary>What the writer is about to do.</summary>
internal enum JournalStep
{
    /// <summary>Write a group into the segment.</summary>
    Write,

    /// <summary>Flush the segment.</summary>
    Flush,

    /// <summary>Write down how far the journal is durable.</summary>
    Mark,
}
