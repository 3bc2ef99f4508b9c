using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cordon.Casework.Members;

/// <summary>How far up a region stands.</summary>
public enum RegionLevel
{
    /// <summary>A province, or what ranks with one.</summary>
    Province,

    /// <summary>A city, or what ranks with one.</summary>
    City,

    /// <summary>A county or district.</summary>
    County,
}

/// <summary>A region of the tree to which members answer: counties in cities, cities in provinces.</summary>
public sealed class Region : Folded<RegionEvent>
{
    /// <summary>Its code, for example of GB/T 2260.</summary>
    public string Code { get; private set; } = "";

    /// <summary>How far up it stands.</summary>
    public RegionLevel Level { get; private set; }

    /// <summary>The region above; null for a province.</summary>
    public string? Parent { get; private set; }

    /// <summary>Its name in Chinese.</summary>
    public string NameZh { get; private set; } = "";

    /// <summary>Its name in English.</summary>
    public string NameEn { get; private set; } = "";

    /// <inheritdoc/>
    public override string Stream => "region/" + Code;

    /// <inheritdoc/>
    protected override void Fold(RegionEvent happened)
    {
        switch (happened)
        {
            case RegionTold e:
                (Code, Level, Parent, NameZh, NameEn) = (e.Code, e.Level, e.Parent, e.NameZh, e.NameEn);
                break;
        }
    }
}

/// <summary>What happens to regions.</summary>
/// <param name="At">When.</param>
public abstract record RegionEvent(Instant At) : CaseworkEvent(At);

/// <summary>A region is in the tree, or stands there otherwise from now on.</summary>
/// <param name="At">When.</param>
/// <param name="Code">Its code.</param>
/// <param name="Level">How far up it stands; it never changes.</param>
/// <param name="Parent">The region above.</param>
/// <param name="NameZh">Its name in Chinese.</param>
/// <param name="NameEn">Its name in English.</param>
[EventName("region.told")]
public sealed record RegionTold(Instant At, string Code, RegionLevel Level, string? Parent, string NameZh, string NameEn) : RegionEvent(At);

internal sealed class RegionTable : IEntityTypeConfiguration<Region>
{
    public void Configure(EntityTypeBuilder<Region> builder)
    {
        builder.ToTable("Regions");
        builder.HasKey(r => r.Code);
        builder.Property(r => r.Code).HasMaxLength(RegionFacts.MostCode);
        builder.Property(r => r.Version).IsConcurrencyToken();
        builder.HasOne<Region>().WithMany().HasForeignKey(r => r.Parent).OnDelete(DeleteBehavior.Restrict);
        builder.Ignore(r => r.Stream);
    }
}
