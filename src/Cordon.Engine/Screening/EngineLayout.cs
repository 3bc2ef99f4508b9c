namespace Cordon.Engine.Screening;

/// <summary>Into how many parts an engine's windows are cut, by their identifiers, and how many threads share the work. Answers do not depend on it.</summary>
/// <param name="Partitions">Parts, a power of two from 1 to 64. More than threads, so that nobody waits for the slowest.</param>
/// <param name="Threads">Threads, the caller's among them, 1 to 64. The others are borrowed from the thread pool.</param>
public sealed record EngineLayout(int Partitions, int Threads)
{
    private const int Most = 64;

    /// <summary>One part, one thread.</summary>
    public static EngineLayout One { get; } = new(1, 1);

    /// <summary>For so many threads: eight parts, or as many as there are threads.</summary>
    public static EngineLayout For(int threads) =>
        threads <= 1 ? One : new(Math.Max(8, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Min(threads, Most))), Math.Min(threads, Most));

    internal void Validate()
    {
        if (Partitions is < 1 or > Most || (Partitions & (Partitions - 1)) != 0) throw new ArgumentOutOfRangeException(nameof(Partitions), Partitions, "A power of two from 1 to 64.");
        if (Threads is < 1 or > Most) throw new ArgumentOutOfRangeException(nameof(Threads), Threads, "From 1 to 64.");
    }
}
