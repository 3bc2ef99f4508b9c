using System.Collections.Immutable;
using Cordon.Engine.Signals;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Cordon.Casework.Members;

/// <summary>
/// What a person may do, as the audit log proves it. The rows of ASP.NET Core Identity, by which people sign in,
/// are written from it in the same transaction.
/// </summary>
public sealed class PersonStanding : Folded<PersonEvent>
{
    /// <summary>The person's id.</summary>
    public Guid Id { get; private set; }

    /// <summary>The member the person works for; null for the joint office.</summary>
    public MemberCode? Member { get; private set; }

    /// <summary>The person's roles, in order.</summary>
    public ImmutableArray<string> Roles { get; private set; } = [];

    /// <summary>Whether the person may not sign in.</summary>
    public bool Disabled { get; private set; }

    /// <inheritdoc/>
    public override string Stream => $"person/{Id}";

    /// <inheritdoc/>
    protected override void Fold(PersonEvent happened)
    {
        switch (happened)
        {
            case PersonAdded e:
                (Id, Member, Roles) = (e.Person, e.Member, e.Roles);
                break;
            case PersonRolesSet e:
                Roles = e.Roles;
                break;
            case PersonDisabled:
                Disabled = true;
                break;
            case PersonEnabled:
                Disabled = false;
                break;
        }
    }
}

/// <summary>What happens to a person's standing.</summary>
/// <param name="At">When.</param>
public abstract record PersonEvent(Instant At) : CaseworkEvent(At);

/// <summary>A person may sign in from now on.</summary>
/// <param name="At">When.</param>
/// <param name="Person">The person's id.</param>
/// <param name="UserName">The name to sign in with.</param>
/// <param name="DisplayName">The name colleagues see.</param>
/// <param name="Member">The member the person works for.</param>
/// <param name="Roles">The person's roles.</param>
[EventName("person.added")]
public sealed record PersonAdded(
    Instant At, Guid Person, [property: Personal] string UserName, [property: Personal] string DisplayName, MemberCode? Member, ImmutableArray<string> Roles) : PersonEvent(At);

/// <summary>A person's roles are now these.</summary>
/// <param name="At">When.</param>
/// <param name="Roles">All of them.</param>
[EventName("person.roles-set")]
public sealed record PersonRolesSet(Instant At, ImmutableArray<string> Roles) : PersonEvent(At);

/// <summary>A person may no longer sign in; open sessions end within seconds.</summary>
/// <param name="At">When.</param>
[EventName("person.disabled")]
public sealed record PersonDisabled(Instant At) : PersonEvent(At);

/// <summary>A person may sign in again.</summary>
/// <param name="At">When.</param>
[EventName("person.enabled")]
public sealed record PersonEnabled(Instant At) : PersonEvent(At);

/// <summary>A person was given a new password by an administrator.</summary>
/// <param name="At">When.</param>
[EventName("person.password-set")]
public sealed record PersonPasswordSet(Instant At) : PersonEvent(At);

internal sealed class PersonStandingTable : IEntityTypeConfiguration<PersonStanding>
{
    public void Configure(EntityTypeBuilder<PersonStanding> builder)
    {
        builder.ToTable("PersonStandings");
        builder.HasKey(p => p.Id);
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.Version).IsConcurrencyToken();
        builder.Ignore(p => p.Stream);
        builder.Property(p => p.Roles).HasConversion(v => string.Join(' ', v), v => v.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToImmutableArray());
    }
}
