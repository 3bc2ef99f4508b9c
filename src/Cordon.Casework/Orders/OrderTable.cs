using System.Collections.Immutable;
using System.Text.Json;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cordon.Casework.Orders;

internal sealed class OrderTable : IEntityTypeConfiguration<Order>
{
    public void Configure(EntityTypeBuilder<Order> builder)
    {
        builder.ToTable("Orders");
        builder.HasKey(o => o.Id);
        builder.Property(o => o.Id).ValueGeneratedNever();
        builder.Property(o => o.Version).IsConcurrencyToken();
        builder.Ignore(o => o.Stream).Ignore(o => o.Account).Ignore(o => o.Amount).Ignore(o => o.Held).Ignore(o => o.Holds).Ignore(o => o.Ended)
            .Ignore(o => o.Running).Ignore(o => o.Draft).Ignore(o => o.Unconfirmed);
        builder.Property(o => o.Asked).HasConversion(v => JsonSerializer.Serialize(v, CaseworkJson.Options), v => JsonSerializer.Deserialize<ImmutableArray<AskedTransfer>>(v, CaseworkJson.Options)).HasDefaultValueSql("'[]'");
        builder.Property(o => o.Subject).HasColumnName("Account").HasMaxLength(80)
            .HasConversion(v => v == default ? "" : v.ToString(), v => v.Length == 0 ? default : AccountNumber.Parse(v));
        builder.HasIndex(o => o.Number).IsUnique();
        // Lists are from the newest, whatever they are narrowed by.
        builder.Property(o => o.Serial).HasMaxLength(32);
        builder.HasIndex(o => o.Serial);
        builder.HasIndex(o => new { o.State, o.Serial });
        builder.HasIndex(o => new { o.Kind, o.Serial });
        builder.HasIndex(o => new { o.Member, o.State, o.Serial });
        builder.HasIndex(o => new { o.Member, o.Serial });
        builder.HasIndex(o => o.CaseId);
        // Evaluations and objectives count the orders of a period.
        builder.HasIndex(o => o.IssuedAt);
        builder.HasIndex(o => new { o.State, o.ExpiresAt });
        builder.HasIndex(o => new { o.Subject, o.Kind });
        builder.HasIndex(o => o.Ledger);
        builder.HasIndex(o => o.Line);
        // The clock asks every second for what climbs; most orders never do.
        builder.Property(o => o.EscalatedRole).HasMaxLength(32);
        builder.HasIndex(o => o.EscalateAt).HasFilter("\"EscalateAt\" IS NOT NULL");
        // Few orders run on one officer's word; the clock asks for them every second.
        builder.HasIndex(o => o.ConfirmBy).HasFilter("\"ConfirmBy\" IS NOT NULL AND \"ApprovedAt\" IS NULL");
        // Two officers may issue the last allowed stop at once: the database lets one of them in.
        builder.HasIndex(o => new { o.Subject, o.StopOrdinal }).IsUnique().HasFilter("\"StopOrdinal\" > 0");
    }
}
