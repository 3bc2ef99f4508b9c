namespace Cordon.Journal;

/// <summary>What was found when a journal was opened.</summary>
/// <param name="Records">Whole records.</param>
/// <param name="Segments">Segment files.</param>
/// <param name="LastSequence">The last record's sequence; 0 for an empty journal.</param>
/// <param name="TruncatedFile">The file whose torn end was cut off; null where there was none.</param>
/// <param name="TruncatedBytes">How many bytes were cut off. None of them was acknowledged.</param>
public sealed record RecoveryReport(long Records, int Segments, long LastSequence, string? TruncatedFile, long TruncatedBytes);

/// <summary>How far the opening of a journal is.</summary>
/// <param name="Records">Records read.</param>
/// <param name="Bytes">Bytes read.</param>
/// <param name="TotalBytes">Bytes to read.</param>
public sealed record JournalProgress(long Records, long Bytes, long TotalBytes);
