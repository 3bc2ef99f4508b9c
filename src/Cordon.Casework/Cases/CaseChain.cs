using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cordon.Casework.Cases;

/// <summary>The chain of a case, stored once: orders act along it forwards, attribution judges along it backwards.</summary>
internal sealed class CaseChain
{
    public required Guid CaseId { get; init; }

    /// <summary>The chain as JSON.</summary>
    public required string Json { get; set; }

    public required Instant BuiltAt { get; set; }
}

internal sealed class CaseChainTable : IEntityTypeConfiguration<CaseChain>
{
    public void Configure(EntityTypeBuilder<CaseChain> builder)
    {
        builder.ToTable("CaseChains");
        builder.HasKey(c => c.CaseId);
        builder.Property(c => c.CaseId).ValueGeneratedNever();
    }
}
