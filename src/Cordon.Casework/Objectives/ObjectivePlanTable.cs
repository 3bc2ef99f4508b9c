using Cordon.Casework.Rectifications;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cordon.Casework.Objectives;

internal sealed class ObjectivePlanTable : IEntityTypeConfiguration<ObjectivePlan>
{
    public void Configure(EntityTypeBuilder<ObjectivePlan> builder)
    {
        builder.ToTable("ObjectivePlans");
        builder.HasKey(p => p.Id);
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.Version).IsConcurrencyToken();
        builder.Ignore(p => p.Stream);
        builder.HasIndex(p => p.Number).IsUnique();
        // Two may adopt at once: the database lets one of them in.
        builder.HasIndex(p => p.From, "OneAdoptedOfATime").IsUnique().HasFilter("\"State\" = 'Adopted'");
        RectificationTable.Json(builder.Property(p => p.Title));
        RectificationTable.Json(builder.Property(p => p.Terms));
        RectificationTable.Json(builder.Property(p => p.Tree));
        RectificationTable.Json(builder.Property(p => p.Delays));
        RectificationTable.Json(builder.Property(p => p.Difficulties));
    }
}
