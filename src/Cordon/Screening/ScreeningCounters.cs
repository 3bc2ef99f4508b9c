using Cordon.Engine.Signals;

namespace Cordon.Screening;

/// <summary>What was answered since the start, by kind and cause.</summary>
internal sealed class ScreeningCounters
{
    private const int Causes = (int)NoAnswer.JournalStopped + 1;
    private readonly long[] counts = new long[Kinds.Count * Causes];
    private long written;
    private long unwritten;

    /// <summary>Degraded answers that are in the journal.</summary>
    public long Written => Interlocked.Read(ref written);

    /// <summary>Degraded answers that found no place to wait for the journal; they were given all the same.</summary>
    public long Unwritten => Interlocked.Read(ref unwritten);

    public void Count(SignalKind kind, NoAnswer cause) => Interlocked.Increment(ref counts[Place(kind, cause)]);

    public long Of(SignalKind kind, NoAnswer cause) => Interlocked.Read(ref counts[Place(kind, cause)]);

    public void AddWritten(int answers) => Interlocked.Add(ref written, answers);

    public void AddUnwritten() => Interlocked.Increment(ref unwritten);

    private static int Place(SignalKind kind, NoAnswer cause) => ((int)kind * Causes) + (int)cause;
}
