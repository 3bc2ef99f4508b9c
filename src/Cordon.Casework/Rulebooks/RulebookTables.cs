using System.Collections.Immutable;
using System.Text.Json;
using Cordon.Casework.Rulebooks.Shadow;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cordon.Casework.Rulebooks;

internal sealed class RulebookTables : IEntityTypeConfiguration<RulebookText>, IEntityTypeConfiguration<RulebookDraft>
{
    public void Configure(EntityTypeBuilder<RulebookText> builder)
    {
        builder.ToTable("RulebookTexts");
        builder.HasKey(t => t.Digest);
        builder.Property(t => t.Digest).HasMaxLength(64);
    }

    public void Configure(EntityTypeBuilder<RulebookDraft> builder)
    {
        builder.ToTable("Rulebooks");
        builder.HasKey(d => d.Id);
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Property(d => d.Version).IsConcurrencyToken();
        builder.Property(d => d.Hash).HasMaxLength(64);
        builder.Ignore(d => d.Stream).Ignore(d => d.Open).Ignore(d => d.ShadowRuns).Ignore(d => d.OwesConfirmation);
        builder.Property(d => d.Files).HasConversion(v => JsonSerializer.Serialize(v, CaseworkJson.Options), v => JsonSerializer.Deserialize<ImmutableArray<DraftFile>>(v, CaseworkJson.Options));
        builder.Property(d => d.Authors).HasConversion(v => JsonSerializer.Serialize(v, CaseworkJson.Options), v => JsonSerializer.Deserialize<ImmutableArray<string>>(v, CaseworkJson.Options));
        builder.Property(d => d.Shadow).HasConversion(v => JsonSerializer.Serialize(v, CaseworkJson.Options), v => JsonSerializer.Deserialize<ShadowTally>(v, CaseworkJson.Options)!);
        builder.HasIndex(d => d.Number).IsUnique();
        builder.HasIndex(d => d.Hash);
        // Of two who put rulebooks to work at once, and of two who start a shadow, the database lets one in.
        builder.HasIndex(d => d.State, "IX_Rulebooks_OneActive").IsUnique().HasFilter("\"State\" = 'Active'");
        builder.HasIndex(d => d.State, "IX_Rulebooks_OneShadow").IsUnique().HasFilter("\"State\" = 'Shadow' AND \"ShadowStoppedAt\" IS NULL");
    }
}
