using Cordon.Casework.Rectifications;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cordon.Casework.Evaluations;

internal sealed class EvaluationTable : IEntityTypeConfiguration<Evaluation>
{
    private const int MostRegion = 12;

    public void Configure(EntityTypeBuilder<Evaluation> builder)
    {
        builder.ToTable("Evaluations");
        builder.HasKey(e => e.Id);
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.Version).IsConcurrencyToken();
        builder.Property(e => e.Region).HasMaxLength(MostRegion);
        builder.Ignore(e => e.Stream).Ignore(e => e.Result);
        builder.HasIndex(e => e.Number).IsUnique();
        builder.HasIndex(e => e.NextClock);
        // Two may draft the same at once: the database lets one of them in.
        builder.HasIndex(e => new { e.Sector, e.Region, e.From }, "OneOfAPeriod").IsUnique().HasFilter("\"State\" <> 'Withdrawn'");
        RectificationTable.Json(builder.Property(e => e.Scheme));
        RectificationTable.Json(builder.Property(e => e.Versions));
        RectificationTable.Json(builder.Property(e => e.Contests));
    }
}
