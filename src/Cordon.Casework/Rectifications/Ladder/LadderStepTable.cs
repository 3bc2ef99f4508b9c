using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cordon.Casework.Rectifications.Ladder;

internal sealed class LadderStepTable : IEntityTypeConfiguration<LadderStep>
{
    private const int MostSubject = 40;

    public void Configure(EntityTypeBuilder<LadderStep> builder)
    {
        builder.ToTable("LadderSteps");
        builder.HasKey(s => s.Id);
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Version).IsConcurrencyToken();
        builder.Ignore(s => s.Stream).Ignore(s => s.Waits);
        builder.Property(s => s.Subject).HasConversion(v => v.ToString(), v => LadderSubject.Parse(v)).HasMaxLength(MostSubject);
        builder.HasIndex(s => s.Number).IsUnique();
        builder.HasIndex(s => new { s.Subject, s.State });
        builder.HasIndex(s => s.Member);
        builder.HasIndex(s => s.NextClock);
        builder.HasIndex(s => s.BarsUntil);
        // Two changes may draft the same rung against one subject at once: the database lets one of them in.
        builder.HasIndex(s => new { s.Subject, s.Rung }, "OneDraftOfARung").IsUnique().HasFilter("\"State\" IN ('Waiting', 'Endorsed')");
        RectificationTable.Json(builder.Property(s => s.Basis));
        RectificationTable.Json(builder.Property(s => s.Officers));
        RectificationTable.Json(builder.Property(s => s.Behind));
        RectificationTable.Json(builder.Property(s => s.Terms));
        RectificationTable.Json(builder.Property(s => s.Effects));
        RectificationTable.Json(builder.Property(s => s.Appeal));
    }
}
