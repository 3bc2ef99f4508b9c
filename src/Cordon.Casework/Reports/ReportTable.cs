using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cordon.Casework.Reports;

/// <summary>By what reports of one loss are found: transfers, paying accounts, and the report that another's payments are counted with.</summary>
internal sealed class ReportKey
{
    public required Guid ReportId { get; init; }

    /// <summary><c>transfer:…</c>, <c>payer:…</c> or <c>twice:…</c>.</summary>
    public required string Value { get; init; }
}

internal sealed class ReportTable : IEntityTypeConfiguration<Report>, IEntityTypeConfiguration<ReportKey>
{
    public void Configure(EntityTypeBuilder<Report> builder)
    {
        builder.ToTable("Reports");
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Version).IsConcurrencyToken();
        builder.Ignore(r => r.Stream).Ignore(r => r.MayAct).Ignore(r => r.Vouches).Ignore(r => r.Counted);
        builder.HasIndex(r => r.SourceId).IsUnique();
        builder.HasIndex(r => r.CaseId);
        builder.HasIndex(r => r.Phone);
        builder.HasIndex(r => new { r.State, r.ReceivedAt });
        builder.HasIndex(r => new { r.Channel, r.ReceivedAt });
        builder.HasIndex(r => new { r.Origin, r.ReceivedAt }).HasFilter("\"Origin\" IS NOT NULL");
        builder.Property(r => r.Suspects).HasConversion(v => JsonSerializer.Serialize(v, CaseworkJson.Options), v => JsonSerializer.Deserialize<Suspects>(v, CaseworkJson.Options)!);
        Losses(builder.Property(r => r.Losses));
        Losses(builder.Property(r => r.Told));
        builder.Property(r => r.Duplicates).HasConversion(v => JsonSerializer.Serialize(v, CaseworkJson.Options), v => JsonSerializer.Deserialize<ImmutableArray<ToldTwice>>(v, CaseworkJson.Options));
    }

    public void Configure(EntityTypeBuilder<ReportKey> builder)
    {
        builder.ToTable("ReportKeys");
        builder.HasKey(k => new { k.Value, k.ReportId });
        builder.HasIndex(k => k.ReportId);
    }

    private static void Losses(PropertyBuilder<ImmutableArray<ReportedLoss>> property) => property.HasConversion(
        v => JsonSerializer.Serialize(v, CaseworkJson.Options), v => JsonSerializer.Deserialize<ImmutableArray<ReportedLoss>>(v, CaseworkJson.Options));
}
