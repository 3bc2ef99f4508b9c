using Cordon.Engine.Signals;

namespace Cordon.Casework.Storage;

/// <summary>An event as stored. The leaf's data is exactly the UTF-8 of <see cref="Body"/>.</summary>
internal sealed class EventRow
{
    /// <summary>Order of writing; may have gaps and, on PostgreSQL, may become visible out of order.</summary>
    public long Position { get; init; }

    /// <summary>The gap-free number in the audit tree; null until the sequencer has given it.</summary>
    public long? Leaf { get; set; }

    /// <summary>The RFC 6962 leaf hash, written with <see cref="Leaf"/>.</summary>
    public byte[]? LeafHash { get; set; }

    public required string Stream { get; init; }

    /// <summary>From 1 within a stream.</summary>
    public required int Version { get; init; }

    public required string Name { get; init; }

    public required Instant At { get; init; }

    public required string Actor { get; init; }

    /// <summary>The audited text: header, salt, digest of the personal part, data.</summary>
    public required string Body { get; init; }

    /// <summary>The personal part with its own salt; null where there was none or it was erased.</summary>
    public string? Personal { get; set; }
}

/// <summary>A command on its way to the engine, written in the transaction that decided it.</summary>
internal sealed class OutboxRow
{
    public required Guid Id { get; init; }

    /// <summary>Order of sending.</summary>
    public long Position { get; init; }

    /// <summary>The command as JSON.</summary>
    public required string Command { get; init; }

    public required Instant At { get; init; }

    /// <summary>When the engine had it durably; null while it is owed.</summary>
    public Instant? SentAt { get; set; }
}

/// <summary>How far casework has followed the journal. One row; it changes in the transaction of its effects.</summary>
internal sealed class JournalCursorRow
{
    public required int Id { get; init; }

    public required long Sequence { get; set; }
}

/// <summary>A running number for people: cases and orders of a year.</summary>
internal sealed class CounterRow
{
    public required string Name { get; init; }

    public required long Last { get; set; }
}
