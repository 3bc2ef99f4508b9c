using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cordon.Casework.Rectifications;

internal sealed class RectificationTable : IEntityTypeConfiguration<Rectification>
{
    public void Configure(EntityTypeBuilder<Rectification> builder)
    {
        builder.ToTable("Rectifications");
        builder.HasKey(r => r.Id);
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Version).IsConcurrencyToken();
        builder.Ignore(r => r.Stream).Ignore(r => r.Cause).Ignore(r => r.IsOpen).Ignore(r => r.AwaitsClaim).Ignore(r => r.Deadline);
        builder.HasIndex(r => r.Number).IsUnique();
        builder.HasIndex(r => new { r.Member, r.State });
        builder.HasIndex(r => r.NextClock);
        builder.HasIndex(r => new { r.CauseKey, r.Number });
        // Two cases may show one loophole at once: the database lets one of them open it, and the other then joins it.
        builder.HasIndex(r => r.CauseKey, "OneOpenOfACause").IsUnique().HasFilter("\"State\" NOT IN ('Mended', 'Withdrawn')");
        Json(builder.Property(r => r.Basis));
        Json(builder.Property(r => r.Controls));
        Json(builder.Property(r => r.Findings));
        Json(builder.Property(r => r.Evidence));
        Json(builder.Property(r => r.Readings));
        Json(builder.Property(r => r.Terms));
        Json(builder.Property(r => r.Plan));
        Json(builder.Property(r => r.Claims));
        Json(builder.Property(r => r.Checks));
        Json(builder.Property(r => r.Contests));
        Json(builder.Property(r => r.Missed));
        builder.Property(r => r.Missed).HasDefaultValueSql("'[]'");
    }

    internal static void Json<T>(PropertyBuilder<T> property) =>
        property.HasConversion(v => JsonSerializer.Serialize(v, CaseworkJson.Options), v => JsonSerializer.Deserialize<T>(v, CaseworkJson.Options)!);
}
