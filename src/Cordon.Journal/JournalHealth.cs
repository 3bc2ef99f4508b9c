using Cordon.Engine.Signals;

namespace Cordon.Journal;

/// <summary>Whether a journal takes new work. Reads are served in every state.</summary>
public enum JournalState
{
    /// <summary>It takes work.</summary>
    Working,

    /// <summary>The disk has no space (or the quota, or the largest file, is reached). It looks again by itself and goes on when space returns.</summary>
    Full,

    /// <summary>A write or flush failed for another reason. What was not acknowledged is taken for lost; it looks again by itself, verifies the end of what was, and goes on in a new file.</summary>
    Faulty,

    /// <summary>It takes nothing more until it is opened again.</summary>
    Stopped,
}

/// <summary>How a journal is.</summary>
/// <param name="State">Whether it takes new work.</param>
/// <param name="Reason">What the system said; null while it works.</param>
/// <param name="Since">Since when it has not worked; null while it works.</param>
public sealed record JournalHealth(JournalState State, string? Reason, Instant? Since)
{
    internal static JournalHealth Working { get; } = new(JournalState.Working, null, null);
}
