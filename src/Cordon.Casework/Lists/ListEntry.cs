using Cordon.Engine.Screening;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cordon.Casework.Lists;

/// <summary>An entry of one of the lists that rules ask: who put it there, why, and until when.</summary>
public sealed class ListEntry : Folded<ListEvent>
{
    /// <summary>Its id.</summary>
    public Guid Id { get; private set; }

    /// <summary>Which list.</summary>
    public ListName List { get; private set; }

    /// <summary>The identifier in its written form.</summary>
    public string Entry { get; private set; } = "";

    /// <summary>Whether it stands on the list; its end by time is told by <see cref="Until"/>.</summary>
    public bool Present { get; private set; }

    /// <summary>Who answers for it.</summary>
    public string Owner { get; private set; } = "";

    /// <summary>Why it stands there, or why it was taken off.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>From when on it counts no more; null for no end.</summary>
    public Instant? Until { get; private set; }

    /// <summary>The indicator that keeps it, and takes it off; null where a person does.</summary>
    public Guid? Indicator { get; private set; }

    /// <summary>Who changed it last.</summary>
    public string ChangedBy { get; private set; } = "";

    /// <summary>When.</summary>
    public Instant ChangedAt { get; private set; }

    /// <inheritdoc/>
    public override string Stream => $"list-entry/{Id}";

    /// <summary>Whether it counts at an instant.</summary>
    public bool Counts(Instant at) => Present && (Until is not { } end || at < end);

    /// <inheritdoc/>
    protected override void Fold(ListEvent happened)
    {
        ChangedAt = happened.At;
        switch (happened)
        {
            case ListEntryPut e:
                (Id, List, Entry, Present, Owner, Reason, Until, ChangedBy, Indicator) = (e.Id, e.List, e.Entry, true, e.Owner, e.Reason, e.Until, e.By, e.Indicator);
                break;
            case ListEntryTakenOff e:
                (Present, Reason, ChangedBy, Indicator) = (false, e.Reason, e.By, null);
                break;
        }
    }
}

internal sealed class ListTable : IEntityTypeConfiguration<ListEntry>
{
    public void Configure(EntityTypeBuilder<ListEntry> builder)
    {
        builder.ToTable("ListEntries");
        builder.HasKey(e => e.Id);
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.Version).IsConcurrencyToken();
        builder.Property(e => e.Entry).HasMaxLength(253);
        builder.Ignore(e => e.Stream);
        builder.HasIndex(e => new { e.List, e.Entry }).IsUnique();
    }
}
