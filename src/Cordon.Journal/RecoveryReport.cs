using System.Collections.Immutable;
using System.Globalization;

namespace Cordon.Journal;

/// <summary>What was found when a journal was opened.</summary>
/// <param name="Records">Records replayed: all, or those after the snapshot.</param>
/// <param name="Segments">Segment files.</param>
/// <param name="LastSequence">The last record's sequence; 0 for an empty journal.</param>
/// <param name="TruncatedFile">The file whose torn end was cut off; null where there was none.</param>
/// <param name="TruncatedBytes">How many bytes were cut off. None of them was acknowledged.</param>
public sealed record RecoveryReport(long Records, int Segments, long LastSequence, string? TruncatedFile, long TruncatedBytes)
{
    /// <summary>The sequence of the snapshot that the engine began with; 0 where it began with nothing.</summary>
    public long SnapshotSequence { get; init; }

    /// <summary>Snapshots that could not be used, newest first, and why.</summary>
    public ImmutableArray<SnapshotFault> SnapshotFaults { get; init; } = [];

    /// <summary>Where the engine began and how much was replayed, as one sentence.</summary>
    public string Beginning => SnapshotSequence > 0
        ? string.Create(CultureInfo.InvariantCulture, $"Began with the snapshot at record {SnapshotSequence:N0} and replayed {Records:N0} records.")
        : string.Create(CultureInfo.InvariantCulture, $"Began without a snapshot and replayed all {Records:N0} records.");
}

/// <summary>A snapshot that could not be used. The journal has all that it holds.</summary>
/// <param name="File">Its file.</param>
/// <param name="Reason">Why.</param>
public sealed record SnapshotFault(string File, string Reason);

/// <summary>How far the opening of a journal is.</summary>
/// <param name="Records">Records read.</param>
/// <param name="Bytes">Bytes read.</param>
/// <param name="TotalBytes">Bytes to read.</param>
public sealed record JournalProgress(long Records, long Bytes, long TotalBytes);
