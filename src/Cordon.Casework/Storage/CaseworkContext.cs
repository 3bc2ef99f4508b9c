using Cordon.Casework.Members;
using Cordon.Engine.Signals;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Cordon.Casework.Storage;

/// <summary>
/// The database of casework: one model, two providers. Each module configures its own tables in an
/// <see cref="IEntityTypeConfiguration{TEntity}"/> beside its state.
/// </summary>
/// <param name="options">The provider and its connection.</param>
public abstract class CaseworkContext(DbContextOptions options) : IdentityDbContext<Person, IdentityRole<Guid>, Guid>(options)
{
    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<EventRow>(row =>
        {
            row.ToTable("Events");
            row.HasKey(e => e.Position);
            row.Property(e => e.Position).ValueGeneratedOnAdd();
            row.HasIndex(e => new { e.Stream, e.Version }).IsUnique();
            row.HasIndex(e => e.Leaf).IsUnique();
        });
        builder.Entity<OutboxRow>(row =>
        {
            row.ToTable("Outbox");
            row.HasKey(e => e.Position);
            row.Property(e => e.Position).ValueGeneratedOnAdd();
            row.HasIndex(e => e.Id).IsUnique();
            row.HasIndex(e => e.SentAt);
        });
        builder.Entity<JournalCursorRow>(row =>
        {
            row.ToTable("JournalCursor");
            row.HasKey(e => e.Id);
            row.Property(e => e.Id).ValueGeneratedNever();
        });
        builder.Entity<CounterRow>(row =>
        {
            row.ToTable("Counters");
            row.HasKey(e => e.Name);
        });
        builder.ApplyConfigurationsFromAssembly(typeof(CaseworkContext).Assembly);
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Instant>().HaveConversion<InstantColumn>();
        configurationBuilder.Properties<Currency>().HaveConversion<CurrencyColumn>().HaveMaxLength(3);
        configurationBuilder.Properties<MemberCode>().HaveConversion<MemberCodeColumn>().HaveMaxLength(32);
        configurationBuilder.Properties<AccountNumber>().HaveConversion<AccountNumberColumn>().HaveMaxLength(80);
        configurationBuilder.Properties<PhoneNumber>().HaveConversion<PhoneNumberColumn>();
        configurationBuilder.Properties<Domain>().HaveConversion<DomainColumn>().HaveMaxLength(253);
        configurationBuilder.Properties<SignalId>().HaveConversion<SignalIdColumn>().HaveMaxLength(64);
        configurationBuilder.Properties<Enum>().HaveConversion<string>().HaveMaxLength(32);
    }

    private sealed class InstantColumn() : ValueConverter<Instant, long>(v => v.Micros, v => new Instant(v));

    private sealed class CurrencyColumn() : ValueConverter<Currency, string>(v => v.Code, v => Currency.Parse(v));

    private sealed class MemberCodeColumn() : ValueConverter<MemberCode, string>(v => v.ToString(), v => MemberCode.Parse(v));

    private sealed class AccountNumberColumn() : ValueConverter<AccountNumber, string>(v => v.ToString(), v => AccountNumber.Parse(v));

    private sealed class PhoneNumberColumn() : ValueConverter<PhoneNumber, long>(v => v.Digits, v => new PhoneNumber(v));

    private sealed class DomainColumn() : ValueConverter<Domain, string>(v => v.Name, v => new Domain(v));

    private sealed class SignalIdColumn() : ValueConverter<SignalId, string>(v => v.Text, v => new SignalId(v));
}

/// <summary>Casework on SQLite, in WAL mode; transactions begin IMMEDIATE, so a writer waits at the door and never half-way.</summary>
/// <param name="options">The connection.</param>
public sealed class SqliteCaseworkContext(DbContextOptions<SqliteCaseworkContext> options) : CaseworkContext(options);

/// <summary>Casework on PostgreSQL.</summary>
/// <param name="options">The connection.</param>
public sealed class PostgresCaseworkContext(DbContextOptions<PostgresCaseworkContext> options) : CaseworkContext(options);
