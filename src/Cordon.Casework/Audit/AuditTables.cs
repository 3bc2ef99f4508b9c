using Cordon.Casework.Storage;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cordon.Casework.Audit;

/// <summary>The size of the tree. One row; whoever numbers leaves locks it first, so only one can.</summary>
internal sealed class AuditHeadRow
{
    public const int TheOne = 1;

    public required int Id { get; init; }

    /// <summary>Leaves numbered so far; the next leaf gets this number.</summary>
    public required long Size { get; init; }
}

/// <summary>A checkpoint as signed and shown.</summary>
internal sealed class AuditCheckpointRow
{
    public required long Size { get; init; }

    public required Instant At { get; init; }

    /// <summary>The whole signed note.</summary>
    public required string Note { get; init; }
}

/// <summary>
/// The root of a whole subtree at every eighth level. With them a proof or a restart reads at most 255 hashes a
/// level, however long the log is.
/// </summary>
internal sealed class AuditNodeRow
{
    public required int Level { get; init; }

    /// <summary>From 0, counted in subtrees of this level.</summary>
    public required long Index { get; init; }

    public required byte[] Hash { get; init; }
}

internal sealed class AuditHeadTable : IEntityTypeConfiguration<AuditHeadRow>
{
    public void Configure(EntityTypeBuilder<AuditHeadRow> builder)
    {
        builder.ToTable("AuditHead");
        builder.HasKey(h => h.Id);
        builder.Property(h => h.Id).ValueGeneratedNever();
        builder.HasData(new AuditHeadRow { Id = AuditHeadRow.TheOne, Size = 0 });
    }
}

internal sealed class AuditCheckpointTable : IEntityTypeConfiguration<AuditCheckpointRow>
{
    public void Configure(EntityTypeBuilder<AuditCheckpointRow> builder)
    {
        builder.ToTable("AuditCheckpoints");
        builder.HasKey(c => c.Size);
        builder.Property(c => c.Size).ValueGeneratedNever();
    }
}

internal sealed class AuditNodeTable : IEntityTypeConfiguration<AuditNodeRow>
{
    public void Configure(EntityTypeBuilder<AuditNodeRow> builder)
    {
        builder.ToTable("AuditNodes");
        builder.HasKey(n => new { n.Level, n.Index });
    }
}

/// <summary>
/// Events that wait for a leaf are few beside those that have one: their own index keeps the search for them short
/// on a server whose statistics still tell of yesterday.
/// </summary>
internal sealed class WaitingEventIndex : IEntityTypeConfiguration<EventRow>
{
    public void Configure(EntityTypeBuilder<EventRow> builder) =>
        builder.HasIndex(e => e.Position, "IX_Events_Waiting").HasFilter("\"Leaf\" IS NULL");
}
